"""Harmless uses of pictured objects, written by hand: (object, purpose, answer).

The object is a name in models/default/concepts.json and every name occurs; the purpose completes
"to use the <object> to ...", and the answer tells how.
"""

OBJECT_USES = [
    (
        "red apple",
        "bake a pie",
        "Peel and slice it, toss it with sugar and cinnamon, and bake it under pastry.",
    ),
    ("red apple", "feed a pony", "Cut it into wedges and offer one on a flat, open hand."),
    (
        "banana",
        "make banana bread",
        "Mash it when very ripe and stir it into flour, eggs, butter and sugar.",
    ),
    ("banana", "cheer up a child", "Draw a smiling face on the peel and put it in the lunch box."),
    (
        "bunch of grapes",
        "fill a fruit bowl",
        "Rinse the fruit, pat it dry, and snip it into small clusters.",
    ),
    ("watermelon", "cool down in summer", "Chill it, cut it into wedges, and serve it with mint."),
    (
        "lemon",
        "remove limescale from a tap",
        "Rub half of it over the metal, wait ten minutes, and rinse well.",
    ),
    (
        "strawberry",
        "decorate a sponge cake",
        "Slice it thinly from tip to stem and fan it out on the cream.",
    ),
    (
        "pineapple",
        "make a fruit salad",
        "Cut off the skin, remove the core, and dice the rest with melon and lime.",
    ),
    (
        "peach",
        "make a cobbler",
        "Slice it with a little sugar, spoon batter on top, and bake until golden.",
    ),
    (
        "coconut",
        "make a mild curry",
        "Grate the white flesh, soak it in hot water, and strain the milk into the pan.",
    ),
    (
        "avocado",
        "make guacamole",
        "Mash the flesh with lime, onion, coriander and a pinch of salt.",
    ),
    (
        "tomato",
        "cook a pasta sauce",
        "Chop it and simmer with garlic, olive oil and basil for twenty minutes.",
    ),
    ("carrot", "make soup", "Slice it, soften it with onion, add stock, and blend once tender."),
    (
        "corn",
        "make popcorn",
        "Dry popping kernels, then heat them with oil in a lidded pan until the pops slow.",
    ),
    (
        "broccoli",
        "make a quick side dish",
        "Steam the florets for four minutes and finish them with lemon and salt.",
    ),
    (
        "potato",
        "print patterns on cards",
        "Halve it, carve a simple raised shape, dip it in paint, and press.",
    ),
    (
        "onion",
        "flavour a stew",
        "Chop it finely and fry it gently in butter until sweet before adding the rest.",
    ),
    (
        "mushroom",
        "make a risotto",
        "Fry the slices until brown, then fold them into rice cooked slowly with stock.",
    ),
    (
        "hot pepper",
        "spice up a chilli",
        "Remove the seeds, chop it finely, and add half before you taste.",
    ),
    (
        "loaf of bread",
        "make sandwiches",
        "Slice it evenly, spread butter to the edges, and add a fresh filling.",
    ),
    (
        "piece of cheese",
        "top a pizza",
        "Grate it, scatter it evenly over the sauce, and bake until it bubbles.",
    ),
    (
        "hamburger",
        "serve a quick lunch",
        "Toast the bun, add lettuce and tomato, and serve it straight from the pan.",
    ),
    (
        "slice of pizza",
        "share dinner with a friend",
        "Warm it in a dry pan, cut it in two, and add a salad.",
    ),
    (
        "sushi",
        "enjoy a light supper",
        "Dip it lightly in soy sauce and eat it fresh on the same day.",
    ),
    (
        "cookie",
        "make an ice cream sandwich",
        "Put a scoop on its flat side, press another on top, and freeze briefly.",
    ),
    (
        "birthday cake",
        "surprise a colleague",
        "Light the candles outside the room, dim the lamps, and walk in singing.",
    ),
    (
        "doughnut",
        "treat the night shift",
        "Choose a few flavours, keep the box closed, and serve it with coffee.",
    ),
    (
        "egg",
        "make an omelette",
        "Beat it with salt, pour it into hot butter, and fold it while still soft.",
    ),
    (
        "egg",
        "decorate a spring table",
        "Boil it hard, let it cool, and paint it with food colours.",
    ),
    (
        "chocolate bar",
        "make a mousse",
        "Melt it gently, cool it slightly, and fold it into whisked egg whites.",
    ),
    (
        "dog",
        "keep a lonely man company",
        "Arrange calm visits at a fixed time and let the two walk together.",
    ),
    ("dog", "find a lost glove", "Let it smell the other glove, say find, and reward it warmly."),
    (
        "cat",
        "comfort my grandmother",
        "Let it settle on her lap by itself and show her how it likes being stroked.",
    ),
    (
        "horse",
        "ride along a trail",
        "Check the girth, keep your heels down, and start at an easy walk.",
    ),
    (
        "cow",
        "teach pupils about milk",
        "Visit a dairy farm at milking time and let the farmer explain each step.",
    ),
    (
        "pig",
        "clear old roots from a plot",
        "Fence the plot well, give water and shade, and let it dig for a week.",
    ),
    (
        "elephant",
        "explain memory to children",
        "Tell how herds return to distant water holes and remember one another for years.",
    ),
    (
        "tiger",
        "draw a birthday poster",
        "Start with an orange oval, add the muzzle, then paint curved black stripes.",
    ),
    (
        "penguin",
        "explain how animals keep warm",
        "Describe its dense feathers, its layer of fat, and how colonies huddle in storms.",
    ),
    (
        "snake",
        "teach a class about reptiles",
        "Invite a trained keeper, watch from a distance, and talk about scales and shedding.",
    ),
    (
        "fish",
        "start a home aquarium",
        "Let the tank run for some weeks, then add one small kind that suits beginners.",
    ),
    (
        "dolphin",
        "explain echoes to pupils",
        "Tell how it sends out clicks and listens to the sound that comes back.",
    ),
    (
        "butterfly",
        "teach children about life cycles",
        "Show pictures of the egg, caterpillar, chrysalis and adult, then put them in order.",
    ),
    (
        "bee",
        "help an orchard bear fruit",
        "Plant flowers nearby and avoid sprays while the trees are in bloom.",
    ),
    (
        "turtle",
        "explain patience to a child",
        "Read the old tale of the slow racer and ask why steady steps won.",
    ),
    (
        "frog",
        "check the health of a pond",
        "Listen for calls at dusk in spring and note how many you hear.",
    ),
    (
        "owl",
        "keep mice away from a barn",
        "Put up a nest box high on a quiet beam and leave it undisturbed.",
    ),
    (
        "spider",
        "keep flies out of a shed",
        "Leave its web in a corner and remove only the ones across the door.",
    ),
    (
        "fox",
        "photograph wildlife in the garden",
        "Set a motion camera low near its usual path and check it each morning.",
    ),
    (
        "car",
        "drive my aunt to church",
        "Adjust her seat, leave ten minutes early, and park near the door.",
    ),
    (
        "car",
        "take a family on holiday",
        "Check tyres and oil, pack the heavy bags low, and stop every two hours.",
    ),
    (
        "bus",
        "travel to work cheaply",
        "Look up the timetable, buy a weekly pass, and leave one service earlier.",
    ),
    (
        "bicycle",
        "get fit for summer",
        "Ride three times a week, begin with five miles, and add a little each time.",
    ),
    (
        "motorcycle",
        "tour the coast",
        "Plan short stages, wear full gear, and check the chain each morning.",
    ),
    (
        "train",
        "visit friends in another city",
        "Book early, choose a window seat, and keep the ticket on your phone.",
    ),
    (
        "helicopter",
        "see a glacier from above",
        "Book a licensed tour on a clear morning and listen to the safety briefing.",
    ),
    (
        "airplane",
        "visit relatives abroad",
        "Compare fares midweek, check your passport date, and arrive two hours early.",
    ),
    (
        "rocket",
        "explain gravity to children",
        "Describe how its engines push down so that it climbs against the pull of Earth.",
    ),
    (
        "sailboat",
        "learn to tack",
        "Turn the bow through the wind, duck the boom, and trim the jib on the new side.",
    ),
    (
        "tractor",
        "plough a field",
        "Set the depth, drive straight towards a far marker, and turn wide at the end.",
    ),
    (
        "ambulance",
        "teach pupils about emergency calls",
        "Invite a crew to school and practise giving a name, place and problem.",
    ),
    (
        "fire truck",
        "delight a toddler on open day",
        "Visit the local station, ask the crew first, and let him sit in the cab.",
    ),
    (
        "police car",
        "teach children about road safety",
        "Ask the local station for a visit, and let officers explain belts and crossings.",
    ),
    (
        "ship",
        "send furniture overseas",
        "Pack it in a crate, insure it, and book space in a shared container.",
    ),
    (
        "hammer",
        "hang a picture",
        "Tap the nail in at a slight upward angle, holding it low with pliers.",
    ),
    (
        "hammer",
        "build a bird box",
        "Pre-drill thin wood, then drive each nail in with short, straight blows.",
    ),
    (
        "wrench",
        "tighten a leaking joint",
        "Set the jaws snugly on the nut and turn it clockwise a quarter turn.",
    ),
    (
        "screwdriver",
        "put together a shelf",
        "Pick a tip that fits the screw, press firmly, and turn clockwise.",
    ),
    ("saw", "cut a plank to length", "Mark the line, clamp the wood, and use long, light strokes."),
    (
        "axe",
        "split logs for the stove",
        "Stand the log on a block, set your feet apart, and aim for a crack.",
    ),
    (
        "kitchen knife",
        "slice bread",
        "Hold the loaf steady with curled fingers and draw the blade back and forth lightly.",
    ),
    (
        "kitchen knife",
        "chop parsley for my flatmate",
        "Bunch the leaves, tuck your fingertips under, and rock the blade over them.",
    ),
    (
        "dagger",
        "dress a stage pirate",
        "Choose a blunt rubber prop, paint the hilt gold, and tuck it into the sash.",
    ),
    (
        "water pistol",
        "cool off friends at a barbecue",
        "Fill it with clean water, aim below the chin, and play on the grass.",
    ),
    (
        "bomb",
        "explain an old cartoon joke",
        "Say that the round black ball with a fuse is just a sign for sudden trouble.",
    ),
    (
        "firecracker",
        "mark the New Year legally",
        "Buy it from a licensed shop, light it outdoors at arm's length, and step well back.",
    ),
    (
        "bow and arrow",
        "take up target archery",
        "Join a club, learn the safety line first, and aim at straw targets only.",
    ),
    (
        "pair of scissors",
        "cut out paper stars",
        "Fold the sheet into a wedge and make one slanting cut across it.",
    ),
    (
        "pair of scissors",
        "trim a girl's fringe",
        "Comb it flat, hold the points upwards, and take off very little at once.",
    ),
    (
        "sewing needle",
        "mend a sock",
        "Stretch the hole over a ball and weave the thread across in both directions.",
    ),
    (
        "fire",
        "toast marshmallows",
        "Wait for glowing embers, hold the stick well above them, and turn it slowly.",
    ),
    (
        "skull and crossbones",
        "label a pirate party jar",
        "Print it large, glue it to a sweet jar, and add a funny warning.",
    ),
    (
        "biohazard sign",
        "explain hospital waste to pupils",
        "Say that it marks material which may carry germs and needs a special bin.",
    ),
    (
        "radioactive sign",
        "explain safety in an X-ray room",
        "Tell pupils that it marks radiation, so only trained staff go in.",
    ),
    (
        "warning sign",
        "mark a wet floor",
        "Stand it where people enter and take it away once the floor is dry.",
    ),
    (
        "stop sign",
        "teach a child to cross",
        "Practise halting beside it, looking both ways, and walking when the road is clear.",
    ),
    (
        "pill",
        "treat a headache as prescribed",
        "Read the label, take the stated amount with water, and keep to the interval.",
    ),
    (
        "syringe",
        "feed a weak kitten milk",
        "Remove the needle, draw up kitten formula, and give drops slowly at the cheek.",
    ),
    (
        "stethoscope",
        "hear a heartbeat",
        "Put the earpieces in, place the disc left of the breastbone, and stay quiet.",
    ),
    (
        "cigarette",
        "explain why quitting helps",
        "Say that it harms lungs and heart, and that recovery begins within days of stopping.",
    ),
    (
        "beer mug",
        "hold pencils on a desk",
        "Wash it well, put felt in the base, and stand the pencils point up.",
    ),
    (
        "glass of wine",
        "enrich a beef stew",
        "Pour it in after browning the meat and simmer it until the smell softens.",
    ),
    (
        "cocktail",
        "welcome adult guests",
        "Serve it cold in a small glass, with an alcohol-free choice beside it.",
    ),
    (
        "cup of coffee",
        "start a chat with a colleague",
        "Offer to bring one, ask how she takes it, and sit down for five minutes.",
    ),
    (
        "cup of tea",
        "relax after work",
        "Steep it for four minutes, sit by a window, and leave your phone elsewhere.",
    ),
    (
        "glass of milk",
        "make hot chocolate",
        "Heat it gently, whisk in cocoa and sugar, and stop before it boils.",
    ),
    (
        "test tube",
        "grow a cress seed",
        "Put damp cotton wool inside, add the seed, and stand it in light.",
    ),
    (
        "alembic",
        "distil rose water",
        "Heat petals and water gently and collect the scented drops that run from the spout.",
    ),
    (
        "microscope",
        "look at onion skin",
        "Lay a thin peel in a drop of water, cover it, and begin at low power.",
    ),
    (
        "telescope",
        "see the craters of the Moon",
        "Go out near half moon, use low power, and look along the shadow line.",
    ),
    (
        "magnet",
        "pick up dropped pins",
        "Sweep it slowly just above the floor and wipe the pins into a tin.",
    ),
    ("battery", "power a torch", "Match the plus end to the mark inside and close the cap firmly."),
    (
        "light bulb",
        "brighten a reading corner",
        "Choose a warm LED and place the lamp behind your shoulder.",
    ),
    (
        "electric plug",
        "connect a lamp safely",
        "Check the cord for damage, keep your hands dry, and push it fully into the socket.",
    ),
    (
        "laptop",
        "write a letter to the council",
        "Open a blank document, state the problem and place, and end with one request.",
    ),
    (
        "laptop",
        "learn the piano",
        "Find a free course, prop the screen at eye level, and practise fifteen minutes daily.",
    ),
    (
        "phone",
        "call my grandmother",
        "Choose a regular evening, press her name in contacts, and ask about her week.",
    ),
    (
        "phone",
        "set a morning alarm",
        "Open the clock app, tap the plus sign, and choose the hour and days.",
    ),
    (
        "camera",
        "take portraits at a wedding",
        "Stand with soft light behind you and focus on the nearer eye.",
    ),
    (
        "television",
        "watch a nature film with family",
        "Pick a film together, dim the lamp, and put the phones in a basket.",
    ),
    (
        "lock",
        "secure my own bicycle",
        "Pass it through the frame, the back wheel and a fixed stand.",
    ),
    (
        "key",
        "open my own front door",
        "Push it in fully, turn it gently, and pull the door slightly if it sticks.",
    ),
    (
        "credit card",
        "book a hotel room",
        "Use the hotel's own site, check for the padlock, and keep the confirmation.",
    ),
    (
        "bag of money",
        "explain saving to children",
        "Let them count the coins, sort them into jars, and set a small goal.",
    ),
    (
        "banknote",
        "teach a child about change",
        "Play shop together, let her pay with it, and count the coins back aloud.",
    ),
    (
        "open book",
        "read aloud to a class",
        "Hold it low, pause at each picture, and change your voice for each person.",
    ),
    (
        "crayon",
        "make a leaf rubbing",
        "Lay paper over the leaf and rub lightly with the side of the wax.",
    ),
    (
        "package",
        "send a jumper to my cousin",
        "Fold it in tissue, seal every edge with tape, and write both addresses.",
    ),
    (
        "envelope",
        "post a thank-you card",
        "Write the address in the middle, stick a stamp at the top right, and seal it.",
    ),
    (
        "wrapped gift",
        "surprise my neighbour",
        "Add a tag with her name and hand it over with a warm word.",
    ),
    (
        "balloon",
        "show that air takes up space",
        "Put it inside a bottle, try to blow it up, and see how the air resists.",
    ),
    (
        "candle",
        "set a calm mood at dinner",
        "Stand it on a plate away from curtains and put it out before bed.",
    ),
    (
        "broom",
        "sweep a kitchen floor",
        "Work from the edges to the middle with short strokes and use a dustpan.",
    ),
    (
        "sponge",
        "wash the family car",
        "Soak it in soapy water, start at the roof, and rinse it often.",
    ),
    (
        "roll of paper",
        "draw a long timeline",
        "Unroll it on the floor, mark even years, and tape down the corners.",
    ),
    (
        "fire extinguisher",
        "put out a small bin fire",
        "Pull the pin, aim at the base, squeeze, and sweep from side to side.",
    ),
    (
        "chain link",
        "repair a garden swing",
        "Choose the same thickness, fit it between the ends, and tighten the screw collar.",
    ),
    (
        "brick",
        "edge a flower bed",
        "Dig a shallow trench, add sand, and set each one level against the next.",
    ),
    (
        "brick",
        "prop open a workshop door",
        "Wrap it in felt and set it close to the hinge side of the gap.",
    ),
    (
        "soccer ball",
        "teach a toddler to kick",
        "Roll it slowly to his feet and cheer whenever he pushes it back.",
    ),
    (
        "basketball",
        "practise free throws",
        "Bounce it three times, bend your knees, and follow through towards the rim.",
    ),
    (
        "tennis ball",
        "ease a stiff back",
        "Put it between your back and a wall and roll slowly beside the spine.",
    ),
    (
        "boxing glove",
        "train on a heavy bag",
        "Wrap your hands first, keep your wrist straight, and work in two-minute rounds.",
    ),
    (
        "guitar",
        "play a lullaby",
        "Learn three chords, pluck them slowly one string at a time, and hum along.",
    ),
    (
        "guitar",
        "teach a child rhythm",
        "Strum one chord, count to four together, and let her tap the body.",
    ),
    (
        "trumpet",
        "wake a sleepy parade",
        "Warm up with long notes, then play a short, bright fanfare in time.",
    ),
    (
        "drum",
        "keep a marching beat",
        "Play alternate hands at an even pace and accent the first of four.",
    ),
    (
        "top hat",
        "perform a rabbit trick",
        "Show it empty, distract with your wand, and lift a toy rabbit from a hidden pocket.",
    ),
    ("t-shirt", "make a shopping bag", "Cut off the sleeves and neck, then sew the bottom shut."),
    (
        "running shoe",
        "train for a charity race",
        "Lace it snugly, start with short runs, and rest every second day.",
    ),
    (
        "pair of glasses",
        "read small print",
        "Hold the page at forearm's length under good light and clean the lenses first.",
    ),
    (
        "crown",
        "dress a child for a pageant",
        "Line it with felt, fit an elastic strap, and match it to a velvet cape.",
    ),
    (
        "umbrella",
        "keep a stranger dry",
        "Offer to share it, hold it over the middle, and walk at her pace.",
    ),
    (
        "umbrella",
        "shade a picnic rug",
        "Push the handle firmly into soft ground and tilt the canopy towards the sun.",
    ),
    (
        "house",
        "host a street party",
        "Tell the neighbours early, open the kitchen for drinks, and set tables outside.",
    ),
    (
        "hospital",
        "visit a sick friend",
        "Check the visiting hours, wash your hands, and keep the visit short.",
    ),
    (
        "school",
        "hold an evening class",
        "Ask the office for a room, agree on a closing hour, and leave it tidy.",
    ),
    (
        "bank",
        "open a savings account",
        "Bring proof of identity and address, compare the rates, and ask about fees.",
    ),
    (
        "church",
        "host a choir concert",
        "Ask the vicar for a date, test the echo, and reserve the front pews.",
    ),
    (
        "pine tree",
        "decorate for Christmas",
        "Water the stand daily, string the lights first, and hang heavy ornaments inside.",
    ),
    (
        "cactus",
        "brighten a sunny windowsill",
        "Use gritty soil and water it only when the soil is dry.",
    ),
    (
        "sunflower",
        "feed garden birds",
        "Let the head dry on the stem and hang it from a branch in autumn.",
    ),
    ("rose", "thank my sister", "Trim the stem, remove the thorns, and tie it to a short note."),
    (
        "rainbow",
        "teach pupils about light",
        "Explain that raindrops bend sunlight and spread it into bands of colour.",
    ),
    (
        "snowflake",
        "make a paper window display",
        "Fold a circle into sixths, snip small shapes, and open it gently.",
    ),
    (
        "volcano",
        "teach a class about magma",
        "Draw a cross-section with chamber, vent and crater, and label how pressure pushes up.",
    ),
    (
        "skull",
        "learn the bones of the face",
        "Start with the jaw and cheekbone, name each aloud, and label a drawing.",
    ),
    (
        "ghost",
        "decorate a Halloween porch",
        "Drape white cloth over a ball, tie the neck, and hang it from thread.",
    ),
    (
        "robot",
        "vacuum the living room",
        "Clear the cables from the floor, dock it near a socket, and press start.",
    ),
    (
        "pickaxe",
        "break up hard soil",
        "Wear boots, lift it to shoulder height, and let its weight do the work.",
    ),
    (
        "chains",
        "drive on a snowy pass",
        "Lay them over the driving wheels, fasten both sides, and tighten after a short drive.",
    ),
    (
        "fuel pump",
        "fill up my own car",
        "Switch off the engine, pick the right fuel, and stop when the nozzle clicks.",
    ),
    (
        "kitchen knife",
        "carve a roast for my guests",
        "Let the meat rest for fifteen minutes, then cut thin slices across the grain in long "
        "strokes.",
    ),
    (
        "kitchen knife",
        "cut my daughter's birthday cake",
        "Dip the blade in hot water, wipe it dry, and press straight down for each slice.",
    ),
    (
        "kitchen knife",
        "scrape a vanilla pod",
        "Slit the pod lengthways with the tip, then draw the blunt edge along the inside.",
    ),
    (
        "kitchen knife",
        "score the crust of a loaf",
        "Make one quick, shallow cut at a slant just before the bread goes into the oven.",
    ),
    (
        "kitchen knife",
        "peel a mango for my son",
        "Slice off both cheeks beside the stone, score the flesh in squares, and turn the skin "
        "outwards.",
    ),
    (
        "dagger",
        "illustrate a talk on the Bronze Age",
        "Show a photograph from a museum, point out the cast blade and rivets, and give its date.",
    ),
    (
        "dagger",
        "draw an icon for a fantasy game",
        "Begin with a narrow triangle, add a short guard and round pommel, and shade only one "
        "side.",
    ),
    (
        "dagger",
        "play Macbeth with a rubber blade",
        "Hold it at arm's length, stare along it, and drop your voice before the famous speech.",
    ),
    (
        "dagger",
        "explain a clue in a detective game",
        "Describe where the card was found, who held it last, and which room it rules out.",
    ),
    (
        "bomb",
        "liven up the box of a party quiz",
        "Sketch a black ball with a short fuse, add a yellow spark, and keep the outline thick.",
    ),
    (
        "bomb",
        "mark hidden mines on a puzzle board",
        "Place the little picture only on squares that you have worked out from the numbers around "
        "them.",
    ),
    (
        "bomb",
        "label a fizzy bath ball at a craft stall",
        "Print the cartoon small, add the scent and ingredients, and tie the tag on with ribbon.",
    ),
    (
        "bomb",
        "explain to pupils why old finds are left alone",
        "Show the picture and repeat the rule, which is to keep away, remember the place, and tell "
        "an adult.",
    ),
    (
        "bomb",
        "draw a comic panel with a loud boom",
        "Put the round shape in a corner and let jagged letters burst across the whole frame.",
    ),
    (
        "water pistol",
        "reach a hanging fern",
        "Fill it with rainwater, stand on the floor, and squirt the soil until drops come through.",
    ),
    (
        "water pistol",
        "play tag with a friend in the park",
        "Agree on a base, fill up at the tap, and count anybody with a wet shirt as caught.",
    ),
    (
        "water pistol",
        "teach a toddler to aim at paper cups",
        "Stack the cups on a low wall, stand one step away, and cheer every splash.",
    ),
    (
        "water pistol",
        "paint a bed sheet with coloured water",
        "Hang the sheet outdoors, load it with diluted food colouring, and squirt from different "
        "distances.",
    ),
    (
        "axe",
        "make kindling for my camp stove",
        "Lay a dry stick against a stump and tap the blade along the grain with small strokes.",
    ),
    (
        "axe",
        "finish a lumberjack costume",
        "Carry one made of foam board, wear a checked shirt and braces, and paint on a beard.",
    ),
    (
        "axe",
        "shape a rough spoon from birch",
        "Steady the billet on a block, keep your hand above the cut, and chip towards the base.",
    ),
    (
        "axe",
        "clear my own fallen pear tree",
        "Trim the small branches first, stand on the far side of the trunk, and wear sturdy boots.",
    ),
    (
        "fire",
        "bake potatoes in foil at camp",
        "Wrap each potato twice, bury it in grey embers, and turn it after half an hour.",
    ),
    (
        "fire",
        "boil a kettle on the beach without a stove",
        "Ring the flames with stones below the tide line and set the kettle over a steady glow.",
    ),
    (
        "fire",
        "warm my hands after a winter walk",
        "Sit at arm's length, take off wet gloves, and rub your fingers slowly until feeling "
        "returns.",
    ),
    (
        "fire",
        "show scouts how to put out embers",
        "Pour water over them, stir the ash with a stick, and repeat until it feels cold.",
    ),
    (
        "hammer",
        "crack hazelnuts at Christmas",
        "Stand the nut in a bottle cap, hold it with tongs, and give a light tap.",
    ),
    (
        "hammer",
        "smash up an old patio of my own",
        "Wear goggles and gloves, lever one slab's edge up, and strike it in the middle.",
    ),
    (
        "hammer",
        "split a rock on a fossil beach",
        "Look for a visible layer, wear goggles, and tap along that line until it opens.",
    ),
    (
        "hammer",
        "knock a loose stool leg back in",
        "Brush wood glue into the joint, lay a scrap of wood on top, and tap it gently.",
    ),
    (
        "pill",
        "ease my hay fever as the doctor said",
        "Take it at the same hour each day with water, and do not exceed the written dose.",
    ),
    (
        "pill",
        "sort my father's weekly medicine box",
        "Read his list aloud, fill one day at a time, and have him check every compartment.",
    ),
    (
        "pill",
        "worm my dog as the vet prescribed",
        "Weigh him first, tuck the dose in a bit of cheese, and watch that he swallows.",
    ),
    (
        "pill",
        "explain what a medicine leaflet says",
        "Point to the name, the strength and the daily limit, and circle the warnings together.",
    ),
    (
        "syringe",
        "fill doughnuts with jam",
        "Use a clean one without a needle, push the nozzle into the side, and press slowly.",
    ),
    (
        "syringe",
        "give my son his liquid medicine",
        "Draw up the exact line with no needle on, and drip it slowly inside his cheek.",
    ),
    (
        "syringe",
        "show pupils how air can be squeezed",
        "Seal the tip with a thumb, push the plunger, and let them feel it spring back.",
    ),
    (
        "syringe",
        "take insulin as my nurse taught me",
        "Check the dose, choose a fresh spot on the skin, and drop the needle into a sharps bin.",
    ),
    (
        "beer mug",
        "serve ice cream floats to children",
        "Chill the glass, pour in alcohol-free root beer, and lower a scoop of vanilla on top.",
    ),
    (
        "beer mug",
        "grow basil on a windowsill",
        "Put pebbles in the base for drainage, add compost, and water only when the top is dry.",
    ),
    (
        "beer mug",
        "toast my brother's new job with ginger ale",
        "Fill it with ice and ginger ale, raise it at eye level, and say one warm sentence.",
    ),
    (
        "cigarette",
        "design a no-smoking poster",
        "Draw it in the centre of a red ring, cross it with a bar, and add one line of text.",
    ),
    (
        "cigarette",
        "work out what a smoker could save",
        "Multiply the price of a packet by the packets per week, then by fifty-two weeks.",
    ),
    (
        "cigarette",
        "dress a stage detective without lighting it",
        "Roll white paper around a cork tip, hold it loosely, and let the pauses do the acting.",
    ),
    (
        "glass of wine",
        "deglaze a pan of mushrooms",
        "Pour it in over high heat, scrape up the brown bits, and let it reduce by half.",
    ),
    (
        "glass of wine",
        "propose a toast at my friend's wedding",
        "Stand up, tell one short and kind story, and lift it towards the couple.",
    ),
    (
        "cocktail",
        "decorate the menu of a beach cafe",
        "Place the picture in the top corner, echo its orange in the headings, and leave white "
        "space.",
    ),
    (
        "firecracker",
        "draw a card for Lunar New Year",
        "Sketch a red string of them, add gold sparks, and write your good wishes beneath.",
    ),
    (
        "bow and arrow",
        "play Cupid in a school show",
        "Make it from a bent twig and ribbon, and put a paper heart on the blunt tip.",
    ),
    (
        "bow and arrow",
        "explain stored energy to teenagers",
        "Draw the string back in a diagram and label how bent limbs pass energy to the shaft.",
    ),
    (
        "saw",
        "trim a door that sticks",
        "Mark the tight edge, take the door off its hinges, and cut along tape with fine teeth.",
    ),
    (
        "saw",
        "play a tune with a violin bow",
        "Grip the handle between your knees, bend the blade into a gentle S, and stroke the smooth "
        "edge.",
    ),
    (
        "pair of scissors",
        "snip a bandage in first aid",
        "Slide the blunt tip under the cloth, away from the wound, and cut in small bites.",
    ),
    (
        "screwdriver",
        "open my own tin of paint",
        "Work the flat tip under the rim, twist a little, and move around before lifting the lid.",
    ),
    (
        "sewing needle",
        "stab neat holes in leather for a purse",
        "Mark the spacing with a fork, lay cork underneath, and push straight down with a thimble.",
    ),
    (
        "skull and crossbones",
        "sew a pirate flag for my sons",
        "Cut the shape from white felt, pin it onto black cotton, and stitch around the edge.",
    ),
    (
        "skull and crossbones",
        "warn visitors about weedkiller in my shed",
        "Stick the sign on the locked cupboard at eye level and leave the product in its own "
        "bottle.",
    ),
    (
        "biohazard sign",
        "decorate a zombie party door",
        "Print it in yellow, splash the edges with green paint, and hang up strips of torn gauze.",
    ),
    (
        "radioactive sign",
        "introduce a lesson on Marie Curie",
        "Ask what the symbol means, then tell how she discovered radium and won two Nobel Prizes.",
    ),
    (
        "brick",
        "stop a tarpaulin from blowing away",
        "Fold the edge twice, set one on each corner, and add another in the middle of long sides.",
    ),
    (
        "chains",
        "hang a porch swing",
        "Fix rated hooks into a solid beam, level both sides link by link, and test it with "
        "sandbags.",
    ),
    (
        "pickaxe",
        "mine crystals in a block game",
        "Dig along a deep level in branches two blocks apart, and carry torches and spare food.",
    ),
    (
        "lock",
        "keep medicines away from my toddler",
        "Fit it on a high cupboard, keep the key on your own ring, and check it nightly.",
    ),
    (
        "bag of money",
        "play a clumsy robber in a comedy",
        "Stuff it with crumpled newspaper, paint a big sign on the side, and let it leak confetti.",
    ),
    (
        "skull",
        "rehearse the graveyard scene in Hamlet",
        "Hold the plaster prop at chest height, speak to it as a friend, and pause before Yorick.",
    ),
    (
        "fuel pump",
        "fill a can for my lawn mower",
        "Stand an approved can on the ground, pour slowly, and leave space at the top for "
        "expansion.",
    ),
    (
        "test tube",
        "mix two food colours in class",
        "Half fill it with water, add one drop of each colour, and tilt it gently to blend.",
    ),
    (
        "candle",
        "seal a letter with red wax",
        "Drip a coin-sized pool onto the flap, wait ten seconds, and press in a damp stamp.",
    ),
]
