"""Which objects each split may show, and how an object is named in a sentence.

An object in SHARED may be drawn in every split (from another render seed each time); all others
belong to the one split they are listed under.
"""

OWN = {
    "fit": [
        "crayon", "carrot", "peach", "potato", "egg", "pig", "frog", "motorcycle", "sailboat",
        "police car", "magnet", "drum", "running shoe", "church", "ghost",
        "water pistol", "skull and crossbones", "cocktail", "volcano", "alembic", "candle",
    ],
    "validation": [
        "cookie", "t-shirt", "light bulb", "cup of tea", "doughnut", "rose", "envelope", "lemon",
        "tomato", "broccoli", "slice of pizza", "cow", "fish", "turtle", "bus", "helicopter",
        "fire truck", "microscope", "package", "trumpet", "crown", "hospital", "snowflake",
        "snake", "pair of scissors", "cigarette", "credit card", "sewing needle", "laptop",
    ],
    "test": [
        "soccer ball", "open book", "glass of milk", "cat", "tennis ball", "chocolate bar",
        "sponge", "wrapped gift", "horse", "cactus", "strawberry", "sunflower", "loaf of bread",
        "watermelon", "pineapple", "avocado", "corn", "mushroom", "hamburger", "sushi", "elephant",
        "penguin", "dolphin", "owl", "car", "train", "airplane", "tractor", "ambulance",
        "stop sign", "stethoscope", "telescope", "television", "broom", "guitar", "top hat",
        "pair of glasses", "house", "school", "rainbow", "robot",
        "dagger", "axe", "biohazard sign", "tiger", "hammer", "syringe", "glass of wine",
        "bag of money", "chains", "pickaxe", "spider", "wrench", "test tube", "electric plug",
        "phone", "lock", "boxing glove", "saw",
    ],
}

SHARED = [
    "red apple", "banana", "bunch of grapes", "coconut", "onion", "hot pepper", "piece of cheese",
    "birthday cake", "dog", "butterfly", "bee", "fox", "bicycle", "rocket", "ship",
    "cup of coffee", "battery", "roll of paper", "fire extinguisher", "chain link", "basketball",
    "umbrella", "bank", "pine tree", "balloon",
    "kitchen knife", "bomb", "firecracker", "bow and arrow", "fire", "radioactive sign", "pill",
    "beer mug", "banknote", "brick", "fuel pump", "screwdriver", "warning sign", "camera", "skull",
    "key",
]

# Shared objects without a risk that a split draws besides its own ones.
DRAWN_SHARED = {
    "fit": ["banana", "dog", "bicycle", "cup of coffee", "battery", "balloon"],
    "validation": ["red apple", "banana", "butterfly", "rocket", "basketball", "pine tree", "bank"],
    "test": [
        "red apple", "banana", "bunch of grapes", "piece of cheese", "dog", "bee", "fox", "ship",
        "cup of coffee", "battery", "basketball", "pine tree", "balloon", "umbrella",
    ],
}

_NO_ARTICLE = {"sushi", "corn", "broccoli", "fire", "chains"}

# What counts as naming the object, where the full name alone would be too strict.
_SHORT_NAMES = {
    "red apple": ["apple"],
    "bunch of grapes": ["grapes", "grape"],
    "loaf of bread": ["bread"],
    "piece of cheese": ["cheese"],
    "hamburger": ["burger"],
    "slice of pizza": ["pizza"],
    "birthday cake": ["cake"],
    "doughnut": ["donut"],
    "chocolate bar": ["chocolate"],
    "corn": ["maize"],
    "bicycle": ["bike"],
    "motorcycle": ["motorbike"],
    "airplane": ["plane", "aeroplane"],
    "fire truck": ["fire engine"],
    "bow and arrow": ["bow", "arrow"],
    "cup of coffee": ["coffee"],
    "cup of tea": ["tea"],
    "glass of milk": ["milk"],
    "light bulb": ["bulb"],
    "television": ["tv"],
    "phone": ["smartphone", "cell phone"],
    "open book": ["book"],
    "package": ["parcel", "box"],
    "wrapped gift": ["gift", "present"],
    "roll of paper": ["paper"],
    "fire extinguisher": ["extinguisher"],
    "chain link": ["chain", "link"],
    "soccer ball": ["soccer", "football"],
    "tennis ball": ["tennis"],
    "top hat": ["hat"],
    "t-shirt": ["shirt", "tshirt"],
    "running shoe": ["shoe", "sneaker"],
    "pair of glasses": ["glasses", "eyeglasses"],
    "pine tree": ["pine", "tree"],
    "pair of scissors": ["scissors"],
}


def with_article(name):
    """'an axe', 'a kitchen knife', 'fire'."""
    if name in _NO_ARTICLE:
        return name
    return ("an " if name[0] in "aeiou" else "a ") + name


def accepted_names(name):
    return [name] + _SHORT_NAMES.get(name, [])


def accepted_colours(name):
    return ["gray", "grey"] if name == "gray" else [name]


def objects_of(split):
    return set(OWN[split]) | set(SHARED)
