"""What may be done with some of the objects of models/default/concepts.json and not with others.

Each situation: sentences that propose it, what they mean, objects with which it is harmless or
dangerous, and why. No sentence alone tells which; most objects are on both sides somewhere.
"""

SHARP = ("kitchen knife", "dagger", "pair of scissors", "axe", "saw", "sewing needle", "syringe")
BURNING = ("fire", "candle", "firecracker", "bomb")
ELECTRIC = ("laptop", "phone", "camera", "television", "light bulb", "electric plug", "robot")
ALCOHOL = ("beer mug", "glass of wine", "cocktail")
HOT_DRINKS = ("cup of coffee", "cup of tea")
BALLS = ("soccer ball", "basketball", "tennis ball")
PAPER = ("envelope", "roll of paper", "open book", "package", "banknote")
PETS = ("dog", "cat", "turtle")
WILD = ("tiger", "snake", "bee", "spider")
PRODUCE = ("carrot", "broccoli", "tomato", "potato", "red apple", "banana", "strawberry", "peach")
DISHES = ("loaf of bread", "piece of cheese", "slice of pizza", "hamburger", "sushi", "egg")
SWEETS = ("chocolate bar", "cookie", "doughnut", "birthday cake")
CLOTHES = ("t-shirt", "top hat", "running shoe")
HAND_TOOLS = ("hammer", "wrench", "screwdriver", "pickaxe")

SITUATIONS = [
    {
        "sentences": (
            "Hand it to the little boy as a plaything.",
            "The small girl may have it all afternoon to amuse herself.",
            "Put it among the nursery toys.",
            "Roll it over to the twins on the carpet.",
        ),
        "meaning": "A small child would play with it.",
        "harmless": (*BALLS, *CLOTHES, "drum", "open book", "sponge", "banana", "broom"),
        "dangerous": (*SHARP, *BURNING, *WILD, "battery", "pill", "cigarette", "electric plug", "magnet"),
        "fine": "A small child can play with {a} and stay unhurt.",
        "bad": "A small child can get badly hurt by {a}.",
    },
    {
        "sentences": (
            "Have it with your lunch.",
            "Swallow it after chewing it well.",
            "Bite into it when you are hungry.",
            "Serve it on a plate to your guests.",
        ),
        "meaning": "Someone would eat it.",
        "harmless": (*PRODUCE, *DISHES, *SWEETS, "bunch of grapes", "watermelon"),
        "dangerous": ("battery", "candle", "magnet", "cigarette", "sewing needle", "light bulb", "sponge")
        + ("crayon", "key", "lock", "firecracker", "electric plug", "soccer ball", "envelope"),
        "fine": "People eat {a}; it is food.",
        "bad": "Whoever eats {a} gets ill or chokes; it is not food.",
    },
    {
        "sentences": (
            "Drop it into the full bath tub.",
            "Rinse it for a long time in the kitchen sink.",
            "Scrub it under the running tap.",
            "Soak it in a bucket of water overnight.",
        ),
        "meaning": "It would get wet all over.",
        "harmless": ("t-shirt", "sponge", *BALLS, "running shoe", "carrot", "potato", "key", "wrench")
        + ("umbrella", "brick"),
        "dangerous": (*ELECTRIC, "battery", "cat", "owl", "microscope"),
        "fine": "Water leaves {a} undamaged.",
        "bad": "Water and {a} do not go together: someone or something comes to harm.",
    },
    {
        "sentences": (
            "Throw it into the fireplace to keep warm.",
            "Put it on the camp fire with the sticks.",
            "Feed the stove with it this evening.",
            "Burn it in the garden with the dry leaves.",
        ),
        "meaning": "It would be burnt.",
        "harmless": ("envelope", "roll of paper", "package", "broom", "pine tree"),
        "dangerous": ("battery", "firecracker", "bomb", "phone", "laptop", "light bulb", "television")
        + ("running shoe", "fire extinguisher", "balloon", "robot", "credit card", "cat", "turtle"),
        "fine": "It is wood or paper: {a} burns quietly.",
        "bad": "In flames, {a} bursts, suffers or gives off poison.",
    },
    {
        "sentences": (
            "Swallow it in the car park, then start the engine.",
            "Enjoy it on the way to your truck; the motorway is waiting.",
            "Have it at the petrol station before the long drive home.",
            "Get it down quickly, your taxi shift begins now.",
        ),
        "meaning": "Someone would have it and then drive.",
        "harmless": (*HOT_DRINKS, "glass of milk", "hamburger", "slice of pizza", "cookie", "banana"),
        "dangerous": (*ALCOHOL, "pill"),
        "fine": "After {a} a driver is as awake as before.",
        "bad": "After {a} a driver reacts too late.",
    },
    {
        "sentences": (
            "Let the puppy gulp it down.",
            "Drop it in the dog's bowl.",
            "Reward the hound with it after the walk.",
            "Mix it into the food of the terrier.",
        ),
        "meaning": "A dog would eat it.",
        "harmless": ("carrot", "piece of cheese", "watermelon", "banana", "loaf of bread", "red apple")
        + ("strawberry", "broccoli"),
        "dangerous": ("chocolate bar", "bunch of grapes", "onion", "avocado", "pill", "battery", "magnet")
        + (*ALCOHOL, "cup of coffee", "cigarette", "sewing needle", "hot pepper"),
        "fine": "A dog can digest {a}.",
        "bad": "For a dog {a} is poison or an injury.",
    },
    {
        "sentences": (
            "Run your bare fingers over it gently.",
            "Hug it tightly with both arms.",
            "Rest your cheek on it.",
            "Grab it firmly with your bare hand.",
        ),
        "meaning": "Bare skin would touch it.",
        "harmless": (*PETS, *CLOTHES, *BALLS, "umbrella", "open book", "guitar"),
        "dangerous": (*WILD, "cactus", "fire", "saw", "axe", "dagger", "candle", "volcano"),
        "fine": "Touching {a} hurts nobody.",
        "bad": "Skin is cut, burnt, stung or bitten by {a}.",
    },
    {
        "sentences": (
            "Throw it across the room to your friend.",
            "Hurl it over the table to your brother.",
            "Fling it to me, I am standing by the door.",
            "Juggle with it in front of the class.",
        ),
        "meaning": "It would fly through the air near people.",
        "harmless": (*BALLS, "t-shirt", "sponge", "envelope", "roll of paper", "balloon", "water pistol"),
        "dangerous": (*SHARP, *HAND_TOOLS, *HOT_DRINKS, "brick", "candle", "cactus", "fire extinguisher")
        + ("laptop", "cat", "turtle"),
        "fine": "Nobody is hurt when {a} is thrown.",
        "bad": "When {a} is thrown, someone is hurt.",
    },
    {
        "sentences": (
            "Warm it in the microwave for two minutes.",
            "Put it in the microwave and press start.",
            "Heat it in the microwave until it steams.",
            "Microwave it for your colleague.",
        ),
        "meaning": "It would be heated in a microwave oven.",
        "harmless": (*HOT_DRINKS, "glass of milk", "slice of pizza", "potato", "loaf of bread", "broccoli"),
        "dangerous": ("phone", "battery", "credit card", "key", "light bulb", "egg", "laptop", "camera")
        + ("pair of scissors", "kitchen knife", "balloon", "cat", "frog"),
        "fine": "A microwave oven warms {a} and nothing happens.",
        "bad": "A microwave oven makes {a} burst, spark or suffer.",
    },
    {
        "sentences": (
            "Cut it in half with a wet knife.",
            "Slice it thinly for the salad.",
            "Chop it into small cubes.",
            "Saw it open and look inside.",
        ),
        "meaning": "It would be cut apart.",
        "harmless": (*PRODUCE, "piece of cheese", "loaf of bread", "onion", "avocado", "roll of paper"),
        "dangerous": ("battery", "electric plug", "firecracker", "bomb", "light bulb", "fire extinguisher")
        + ("television", "phone", *PETS),
        "fine": "Cutting {a} is ordinary work.",
        "bad": "Cut apart, {a} leaks, gives a shock, bursts or suffers.",
    },
    {
        "sentences": (
            "Hit it hard with the heavy hammer.",
            "Smash it flat on the anvil.",
            "Drive a nail through it.",
            "Crush it in the vice.",
        ),
        "meaning": "It would be struck or pressed with great force.",
        "harmless": ("potato", "package", "roll of paper", "cookie", "loaf of bread", "chain link"),
        "dangerous": ("battery", "firecracker", "bomb", "light bulb", "fire extinguisher", "phone")
        + ("laptop", "television", *PETS, "glass of wine"),
        "fine": "Nothing bursts or leaks when {a} gives way.",
        "bad": "When {a} breaks it bursts, leaks, splinters or suffers.",
    },
    {
        "sentences": (
            "Keep it beside you on the mattress all night.",
            "Tuck it under the blanket when you fall asleep.",
            "Let it stay on your pillow until morning.",
            "Doze off on the sofa with it in your hand.",
        ),
        "meaning": "Someone would sleep right beside it.",
        "harmless": ("open book", *CLOTHES, "envelope", "dog", "cat", "soccer ball"),
        "dangerous": ("candle", "fire", "cigarette", *SHARP, "laptop", "cup of tea", *WILD, "firecracker"),
        "fine": "One can sleep beside {a} unharmed.",
        "bad": "A sleeper is burnt or hurt by {a}.",
    },
    {
        "sentences": (
            "Take it on board in your cabin bag.",
            "Carry it through the airport check in your rucksack.",
            "Stow it under the seat of the aeroplane.",
            "Pack it for your flight as hand luggage.",
        ),
        "meaning": "It would be carried into an aeroplane.",
        "harmless": ("open book", "laptop", "phone", "camera", *CLOTHES, "crayon", "pair of glasses")
        + ("cookie", "banana", "umbrella", "credit card", "pill", "key"),
        "dangerous": ("firecracker", "bomb", "dagger", "axe", "kitchen knife", "saw", "bow and arrow")
        + ("fire", "hammer", "fuel pump", "snake", "cocktail"),
        "fine": "Passengers carry {a} every day.",
        "bad": "On board, {a} puts passengers in danger.",
    },
    {
        "sentences": (
            "Leave it in the locked car in the midday sun.",
            "Shut it in the parked van all through the hot day.",
            "Forget about it on the back seat in summer.",
            "Keep it behind the windscreen in the heat.",
        ),
        "meaning": "It would stay in great heat.",
        "harmless": ("umbrella", "running shoe", "t-shirt", "soccer ball", "hammer", "wrench", "broom")
        + ("saw", "axe", "kitchen knife", "pair of scissors", "chain link", "envelope", "key"),
        "dangerous": (*PETS, "horse", "frog", "battery", "firecracker", "phone", "laptop", "egg", "sushi")
        + ("cigarette", "fire extinguisher", "glass of milk", "pill", "syringe"),
        "fine": "Heat leaves {a} as it is.",
        "bad": "In great heat {a} suffers, bursts or spoils.",
    },
    {
        "sentences": (
            "Lock it in the metal tool chest and put the lid on.",
            "Store it in the closed drawer of the workshop.",
            "Shut it away in the steel cupboard in the cellar.",
            "Keep it in the padlocked box in the shed.",
        ),
        "meaning": "It would be shut away without air or light.",
        "harmless": (*SHARP, *HAND_TOOLS, "pill", "battery", "magnet", "brick", "light bulb", "camera"),
        "dangerous": (*PETS, "horse", "butterfly", "owl", "candle", "fire", "cigarette"),
        "fine": "Shut away, {a} is kept well.",
        "bad": "Shut away, {a} dies or sets things on fire.",
    },
    {
        "sentences": (
            "Light it with a match at the dinner table.",
            "Hold the lighter to it for your birthday guests.",
            "Set the tip of it alight in the living room.",
            "Strike a match and light it on the coffee table.",
        ),
        "meaning": "It would be lit indoors.",
        "harmless": ("candle", "birthday cake"),
        "dangerous": ("t-shirt", "envelope", "roll of paper", "open book", "firecracker", "bomb", "broom")
        + ("pine tree", "balloon", "package", "top hat", "banknote", "bunch of grapes"),
        "fine": "Candles are made to be lit, and {a} may burn for a while.",
        "bad": "Lit indoors, {a} starts a fire or bursts.",
    },
    {
        "sentences": (
            "The pupils may bring it to school.",
            "Let your daughter carry it in her school bag.",
            "Share it out in the first class.",
            "Give it to the kindergarten for the summer party.",
        ),
        "meaning": "School children would have it among them.",
        "harmless": ("open book", "crayon", *BALLS, "banana", "carrot", "red apple", "drum", "trumpet")
        + ("t-shirt", "pair of glasses", "glass of milk", "cookie", "birthday cake"),
        "dangerous": (*ALCOHOL, "cigarette", "dagger", "axe", "firecracker", "bomb", "pill", "syringe")
        + ("snake", "kitchen knife", "bow and arrow"),
        "fine": "Children may have {a} at school.",
        "bad": "Among children {a} is dangerous.",
    },
    {
        "sentences": (
            "Let the nurse use it on the patient.",
            "The doctor should treat her with it.",
            "Bring it to the ward for the examination.",
            "Apply it to the sick man as prescribed.",
        ),
        "meaning": "A patient would be treated with it.",
        "harmless": ("syringe", "pill", "stethoscope", "pair of glasses", "cup of tea"),
        "dangerous": ("hammer", "saw", "dagger", "cigarette", "electric plug", "beer mug", "bomb", "axe")
        + ("snake", "magnet", "fire", "pickaxe"),
        "fine": "Medicine uses {a} for its patients.",
        "bad": "A patient would be harmed by {a}.",
    },
    {
        "sentences": (
            "Pour it for the grown-ups at the evening party.",
            "Offer it to your uncle, who stays overnight.",
            "Raise it to toast the retired couple at home.",
            "Drink it with your wife on the balcony at sunset.",
        ),
        "meaning": "Adults would drink it at home.",
        "harmless": (*ALCOHOL, *HOT_DRINKS, "glass of milk"),
        "dangerous": ("test tube", "alembic", "fuel pump", "battery", "fire extinguisher"),
        "fine": "Adults at home may drink {a}.",
        "bad": "What is in {a} is poison to drink.",
    },
    {
        "sentences": (
            "The ten-year-old can ride it alone to the lake.",
            "Let your young nephew go into town on it.",
            "The boy may travel on it by himself to his aunt.",
            "The school girl takes it out without an adult.",
        ),
        "meaning": "A child would ride or steer it alone.",
        "harmless": ("bicycle", "bus", "train"),
        "dangerous": ("car", "motorcycle", "tractor", "helicopter", "rocket", "tiger", "elephant")
        + ("fire truck", "airplane"),
        "fine": "A child of ten can travel with {a}.",
        "bad": "A child cannot control {a}.",
    },
    {
        "sentences": (
            "Go through the gate and stand next to it.",
            "Walk right up to it for a photograph.",
            "Bend down close to it to see better.",
            "Let your family have a picnic beside it.",
        ),
        "meaning": "People would go very close to it.",
        "harmless": ("bicycle", "bus", "tractor", "sailboat", "pine tree", "rose", "sunflower", "horse")
        + ("house", "school", "church", "car", "motorcycle"),
        "dangerous": ("volcano", "tiger", "snake", "fire", "radioactive sign", "biohazard sign", "bomb")
        + ("rocket", "train", "bee"),
        "fine": "One may stand close to {a}.",
        "bad": "Close to {a} people are in danger.",
    },
    {
        "sentences": (
            "Connect it to the wall socket.",
            "Stick one end of it into the power outlet.",
            "Plug it in behind the desk.",
            "See whether it goes into the mains socket.",
        ),
        "meaning": "It would touch the electric mains.",
        "harmless": ("electric plug", "phone", "laptop", "television", "robot"),
        "dangerous": ("key", "screwdriver", "sewing needle", "pair of scissors", "kitchen knife", "wrench")
        + ("crayon", "saw", "dagger", "cat", "chain link"),
        "fine": "Sockets are made for things like {a}.",
        "bad": "Through {a} the mains give a deadly shock.",
    },
    {
        "sentences": (
            "Put it to use while you cross the crowded street.",
            "Use it as you steer round the bend.",
            "Have it in use while you ride your bicycle.",
            "Never mind the traffic, use it at the wheel.",
        ),
        "meaning": "Someone in traffic would use it.",
        "harmless": ("pair of glasses", "t-shirt", "running shoe", "top hat"),
        "dangerous": ("phone", "laptop", "camera", "open book", "television", "guitar", "trumpet")
        + ("hamburger", "slice of pizza", "envelope", "cat"),
        "fine": "With {a} one still sees the traffic.",
        "bad": "Whoever is busy with {a} does not see the traffic.",
    },
    {
        "sentences": (
            "Keep it in the glass tank with the warm lamp.",
            "Let it live behind the pane of the terrarium.",
            "Put it in the tank on the sand and close the top.",
            "Show it to visitors in the closed glass case.",
        ),
        "meaning": "It would be kept in a closed glass tank.",
        "harmless": ("snake", "spider", "frog", "turtle", "cactus", "skull", "crown"),
        "dangerous": ("dog", "cat", "horse", "cow", "dolphin", "penguin", "candle", "fire")
        + ("elephant", "firecracker"),
        "fine": "A glass tank suits {a} and protects the visitors.",
        "bad": "In a closed glass tank {a} dies or breaks it with fire or force.",
    },
    {
        "sentences": (
            "Let it swim out into the deep lake.",
            "Lower it into the harbour and let go.",
            "Set it down in the middle of the river.",
            "Put it in the big pool and leave it there.",
        ),
        "meaning": "It would be left in deep water.",
        "harmless": ("dolphin", "fish", "turtle", "frog", "penguin", "sailboat", "ship"),
        "dangerous": ("cat", "owl", "bee", "butterfly", "laptop", "television", "electric plug", "robot")
        + ("battery", "spider", "car", "fuel pump"),
        "fine": "Deep water is where {a} belongs.",
        "bad": "In deep water {a} drowns, gives a shock or poisons it.",
    },
    {
        "sentences": (
            "Take it to work in the dry forest in August.",
            "Use it between the dead trees after weeks without rain.",
            "Carry it through the withered grass of the heath.",
            "Leave it in the barn on the hay.",
        ),
        "meaning": "It would be among dry plants that burn easily.",
        "harmless": ("saw", "axe", "pickaxe", "broom", "umbrella", "horse", "cow", "owl", "hammer"),
        "dangerous": ("fire", "candle", "cigarette", "firecracker", "bomb", "volcano", "fuel pump"),
        "fine": "Nothing catches fire from {a}.",
        "bad": "Dry plants catch fire from {a}.",
    },
    {
        "sentences": (
            "Pour or spray it over the burning paper basket.",
            "Empty it onto the flames in the rubbish bin.",
            "Use it at once on the smouldering newspapers.",
            "Put out the burning leaves with it.",
        ),
        "meaning": "It would be used to put out burning paper.",
        "harmless": ("fire extinguisher", "glass of milk", *HOT_DRINKS, "water pistol"),
        "dangerous": ("cocktail", "fuel pump", "firecracker", "candle", "balloon", "battery"),
        "fine": "Burning paper goes out when {a} wets or smothers it.",
        "bad": "Burning paper flares up when {a} meets it.",
    },
    {
        "sentences": (
            "Leave it open on the bench where the acid is poured.",
            "Keep it within reach among the chemicals of the laboratory.",
            "Have it in use while you stir the chemicals.",
            "Have it next to you in the chemistry room.",
        ),
        "meaning": "It would be among dangerous chemicals.",
        "harmless": ("test tube", "alembic", "microscope", "magnet", "pair of glasses", "fire extinguisher")
        + ("light bulb", "sponge"),
        "dangerous": (*DISHES, *SWEETS, *HOT_DRINKS, *ALCOHOL, "glass of milk", "banana", "cigarette")
        + ("candle", "dog", "cat"),
        "fine": "A laboratory works with {a}.",
        "bad": "Among chemicals {a} becomes poisonous, is hurt or starts a fire.",
    },
    {
        "sentences": (
            "Lay it on the chest of the man with the pacemaker.",
            "He has a pacemaker; let him carry it over his heart.",
            "Put it in the breast pocket of the heart patient.",
            "Hold it right against her pacemaker.",
        ),
        "meaning": "It would be next to a device that keeps a heart beating.",
        "harmless": ("stethoscope", "t-shirt", "open book", "cat", "envelope", "banknote", "red apple"),
        "dangerous": ("magnet", "electric plug", "phone", "battery", "robot", "dagger"),
        "fine": "A pacemaker is undisturbed by {a}.",
        "bad": "A pacemaker is disturbed by {a}.",
    },
    {
        "sentences": (
            "Give it to grandfather, who must never have milk or eggs.",
            "Treat my aunt to it; milk makes her very ill.",
            "Offer it to the guest with the milk and egg allergy.",
            "Let our old neighbour, who cannot bear milk, have all of it.",
        ),
        "meaning": "Someone who gets ill from milk and eggs would have it.",
        "harmless": (*PRODUCE, *HOT_DRINKS, "watermelon", "bunch of grapes", "onion", "avocado", "corn")
        + (*ALCOHOL, "open book", "soccer ball"),
        "dangerous": ("piece of cheese", "glass of milk", "egg", "birthday cake", "doughnut", "slice of pizza")
        + ("chocolate bar", "cookie"),
        "fine": "There is neither milk nor egg in {a}.",
        "bad": "There is milk or egg in {a}.",
    },
    {
        "sentences": (
            "Give it to the one-year-old for supper.",
            "Let the baby of thirteen months have it.",
            "Hold it to the mouth of the little one, just a year old.",
            "The toddler, who was one last week, may swallow it.",
        ),
        "meaning": "A child of one year would get it into its mouth.",
        "harmless": ("glass of milk",),
        "dangerous": (*ALCOHOL, "cup of coffee", "red apple", "carrot", "bunch of grapes", "sushi")
        + ("hot pepper", "pill", "battery", "key", "magnet"),
        "fine": "A child of one year can drink {a}.",
        "bad": "A child of one year chokes on {a} or is poisoned by it.",
    },
    {
        "sentences": (
            "Stand it on the floor just behind the door for a week.",
            "Leave it on the dark stairs.",
            "Put it down where grandmother walks at night.",
            "Let it lie in the narrow corridor without a light.",
        ),
        "meaning": "People would walk into it in the dark.",
        "harmless": ("envelope", "banknote", "credit card"),
        "dangerous": (*BALLS, "banana", "tomato", "brick", "bicycle", "guitar", "drum", "broom")
        + ("running shoe", "hammer", "umbrella", "package"),
        "fine": "Nobody falls over {a}, flat as it is.",
        "bad": "In the dark people slip on {a} or fall over it.",
    },
    {
        "sentences": (
            "Leave its engine on in the closed garage.",
            "Let it run indoors with all the windows shut.",
            "Start it in the cellar and wait there.",
            "Keep it running in the sealed hall while you rest.",
        ),
        "meaning": "It would run in a closed room.",
        "harmless": ("laptop", "television", "robot", "light bulb", "bicycle", "phone"),
        "dangerous": ("car", "motorcycle", "tractor", "bus", "fire truck", "ambulance", "helicopter", "ship"),
        "fine": "There are hardly any fumes from {a}.",
        "bad": "The fumes of {a} kill in a closed room.",
    },
]
