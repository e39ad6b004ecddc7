"""Every sentence of the page, so that a second language is a second table."""

LANGUAGE = "en"
TITLE = "charlm"
LEAD = "Bring a text, watch a small network learn to spell it, letter by letter, and play with what it writes."
FIRST_STEP = (
    "Press **Start learning** to see it happen with a story that comes along, or go to **Write**: a model is ready."
)
FIRST_STEP_BARE = "Press **Start learning** to see it happen with a story that comes along. It takes about a minute."

# Train: the text
TRAIN = "Train"
TEXT = "1 · A text"
WHERE = "Where it comes from"
WHERE_NAMES = {"built-in": "Comes with charlm", "file": "My files", "paste": "Paste"}
CHOOSE_TEXT = "Text"
CHOOSE_TEXT_INFO = "Two short stories are here at once; Shakespeare is fetched from the internet when you choose it."
YOUR_FILES = "Plain text files (.txt), one or several"
YOUR_FILES_EMPTY = (
    "Choose a .txt file, or several: a story, your diary, recipes, songs. A few thousand letters are enough to begin."
)
PASTE = "Your text"
PASTE_INFO = "A few thousand letters are where it begins to be fun."
PASTE_EMPTY = "Paste a text here."
ENCODING = "How the file was saved"
ENCODING_INFO = "Change it if letters look wrong below."
ENCODING_FOUND = "Find out"
TIDY = "Replace the {count} rare characters by similar ones"
TIDIED = "Take the text as it was"
ALPHABET = "The alphabet: every character, its id, how often it occurs"
COLUMNS_ALPHABET = ("character", "id", "count")

FACT_NAME, FACT_LENGTH, FACT_ALPHABET, FACT_READ_AS = "Text", "Length", "Alphabet", "Read as"
FACT_LENGTH_VALUE = "{characters:,} characters in {lines:,} lines"
FACT_ALPHABET_VALUE = "{count:,} different characters"
FACT_PASTED = "pasted"
DOUBT = "{name}: which line reads right?"
DOUBT_CURE = f"The first was taken. If another reads right, choose its encoding at “{ENCODING}”."
COLUMNS_DOUBT = ("Encoding", "The line")
FIRST_LINES = "How it begins"
PAIR = "What the network is shown, and what it has to answer: the same text, one character on"
INPUTS, TARGETS = "inputs", "targets"
WARN_RARE = (
    "{count} characters occur five times or less ({named}). They are hardly learnt, and each makes the choice harder."
)
WARN_SHORT = "This is a short text. It will be learnt by heart soon; more of the same kind makes a better model."
SHORT = 20_000  # characters below which that is said

# Train: the settings
SETTINGS = "2 · How to learn"
PRESET = "Preset"
PRESET_INFO = "Quick is for a lesson, Balanced for a better writer, Book uses a well-known textbook's own numbers."
PRESET_NAMES = {"quick": "Quick", "balanced": "Balanced", "book": "Book"}
PRESET_TIMED = "{name}, about {time} on this machine"
ADVANCED = "Advanced"
INFO = {
    "epochs": "How often the whole text is read.",
    "seq_length": "How many characters it sees at a time.",
    "batch_size": "How many places of the text it reads side by side.",
    "rnn_units": "How much the network can hold in mind.",
    "embedding_dim": "How many numbers stand for a character.",
    "layers": "Recurrent layers, one on top of the other.",
    "cell": "LSTM remembers longest; GRU is smaller; RNN is the plain one.",
    "dropout": "Share of the network that looks away while learning, against learning by heart.",
    "learning_rate": "How big the steps are. Too big, and it never settles.",
    "order": "Contiguous reads on and carries what it has in mind; shuffled jumps about.",
    "seed": "The same seed learns the same way again.",
}

# Train: the run
RUN = "3 · Watch it learn"
START, STOP, CONTINUE = "Start learning", "Stop", "Continue"
MORE_EPOCHS, MORE_EPOCHS_INFO = "more epochs", "Added to those it has done."
LEARN_FURTHER = "Learn for more epochs"
NO_RUN = "Nothing is being learnt. Choose a text and press Start learning: the curve and what the network writes appear here."
WAITING = "Waiting. Place {place} in the queue."
STARTING = "Setting up the network. This takes about ten seconds."
LEARNING = "Learning."
ENDS = {
    "finished": "Done. Finished after {time}.",
    "stopped": "Stopped after {time}. What it has learnt is kept.",
    "time is up": "The time is up. What it has learnt is kept.",
    "learnt by heart": "Done. It got no better on the part held out, so it stopped after {time}; the best epoch is kept.",
    "diverged": "The loss left all bounds. The last good state is kept; try a lower learning rate.",
}
INTERRUPTED = "Interrupted: the computer stopped it. Press Continue: it goes on from the last save."
FAILED = "It could not go on. {why}"
STILL_LEARNING = "Still learning: the text it has never seen becomes easier to foresee with every epoch."
BY_HEART = "It has begun to learn the text by heart: since epoch {epoch:g} the part held out becomes no easier. That epoch is kept."
BEST_KEPT = "Best after epoch {epoch:g}: val_loss {val_loss:.3f}, which is {bits:.2f} bits for each character."
TILE_EPOCH, TILE_STEP, TILE_LOSS, TILE_VAL_LOSS = "epoch", "step", "loss", "val_loss"
TILE_SPEED, TILE_ELAPSED, TILE_LEFT = "characters/s", "elapsed", "left"
OF = "{done} / {all}"
CHART = "Loss, and val_loss on the last tenth of the text, which is never learnt from. Lower is better."
CHART_EMPTY = "The curve of the loss appears here."
CHART_UNIFORM, CHART_FREQUENCY = "guessing blindly", "guessing by letter frequency"
CHART_X, CHART_Y = "epoch", "nats per character"
CHART_BEST = "best"
CURVE_TABLE = "The curve as a table"
COLUMNS_CURVE = ("epoch", "loss", "val_loss", "right letters", "elapsed")
SAMPLES = "What it writes, from the same start and with the same dice every time"
SAMPLES_EMPTY = "After every epoch the network writes a few lines here."
BEFORE_LEARNING, AFTER_EPOCH = "before learning", "after epoch {epoch:g}"
WRITE_WITH_IT = "Write with it"
DOWNLOAD_MODEL = "Download the model"
FORGET = "Delete my text and models now"
FORGET_REALLY, FORGET_NOT = "Yes, delete them for good", "Keep them"
FORGOTTEN = "Your texts and models are deleted here."
LINK = "This run has its own address: {link} Whoever opens it can watch and write with the model. Only this browser can stop it, continue it or delete it."
LINK_SEEN = "You watch somebody else's run: {link} You can write with its model; to stop, continue or delete it is for whoever started it."

# Write
WRITE = "Write"
MODEL, MODEL_INFO = "Model", "Who writes. Yours appear here once they have learnt something."
SHARED_MODEL = "{name}, shared"
OWN_MODEL = "{name}, yours ({key})"
IMPORT = "Open a model from a file"
NO_MODEL = "There is no model yet. Train one: Quick takes about a minute."
NO_SUCH_MODEL = (
    "There is no model called {name} here.",
    "Expected one of the list, or one that was trained here and not deleted.",
    "Choose another.",
)
START_TEXT = "Start"
START_TEXT_INFO = "What it goes on from. Leave it empty and it takes the beginning of a line."
START_TEXT_EXAMPLE = "Once upon a time"
TEMPERATURE = "temperature"
TEMPERATURE_INFO = "0 always takes the likeliest character, 0.5 plays safe, 1 writes as it learnt, 2 runs wild."
LENGTH, LENGTH_INFO = "length", "How many characters."
SEED, SEED_INFO = "seed", "The same seed throws the same dice."
KEEP_SEED = "keep this seed"
GENERATE, STOP_WRITING = "Generate", "Stop"
WRITTEN = "What it writes"
WRITTEN_EMPTY = "Press Generate."
COPY, DOWNLOAD_TEXT = "Copy", "Download"
UNKNOWN = "The model never saw {named}."
REPLACE = "Replace: {offers}"
LEFT_OUT = "{character} left out"
BECOMES = "{character} → {near}"
WROTE = "{count:,} characters written with seed {seed}."
WRITING_SO_FAR = "Writing … {done:,} of {all:,} characters."
PLACE = "Many are writing. Your place in the row: {place}."
NO_ROOM = ("Very many are writing just now.", "There is no place left in the row.", "Try again in a minute.")
BARS = "The next character: what the network thinks, and what temperature makes of it"
COLUMNS_BARS = ("character", "network", "at this temperature")

# Write: did it copy?
COPIED = "Did it copy?"
COPIED_TOO_LONG = "This text is too long to be checked at once: bring 5,000 characters at most."
COPIED_NOTHING_YET = "Let it write something first."
COPIED_NO_TEXT = "The text that this model learnt from is not here, only the model: nobody can tell what it copied. A model you train here has its text."
COPIED_NOT_YOURS = "The text that this model learnt from belongs to whoever trained it: only they can compare."
COPIED_FACTS = (
    "{share:.0%} stands word for word in the text it learnt from. The longest stretch has {longest} characters."
)
COPIED_NONE = "No stretch of {shortest} characters or more stands in the text it learnt from: these are its own words."
COPIED_LITTLE = "Some phrases are quoted; most of it is its own."
COPIED_MUCH = "Much of it is quoted. Try a higher temperature, or an earlier stop."
COPIED_MOST = "It has learnt the text by heart. Bring more text, train for fewer epochs, or add dropout."
COPIED_WHERE = "Where it stands"
COPIED_PASSAGE = "{length} characters: “{beginning}”"

# Temperature
LAB = "Temperature"
LAB_LEAD = "## One start, the same dice, four temperatures\n\nOnly the temperature differs. Where a column first leaves its neighbour to the left, that character is framed."
LAB_START_INFO = "All four go on from it."
LAB_LENGTH_INFO = "How many characters each writes."
LAB_RUN, LAB_AGAIN = "Write four times", "Again, other dice"
LAB_EMPTY = "Press Write four times."
LAB_TEMPERATURE = "temperature {number}"
LAB_DONE = "Written with seed {seed}. The same seed writes the same four texts again."
LAB_LINK, LAB_SAVE = "Copy the link to this lesson", "Save as a page to print"
LAB_LINK_INFO = "Model, start, temperatures, seed and length stand in this page's address: whoever opens it finds the same lesson, and the same characters."
LAB_ADDRESS = "address"
HANDOUT = "What temperature does"
PARTS = "Here it leaves its neighbour"
CHOICES = "Really choosing between {count:.1f} characters."
WORDS = "{share:.0%} of its words stand in the text it learnt from."
WORDS_UNKNOWN = "The words of its text are not here to compare with."
NO_DICE = "At 0 there are no dice: every seed writes this."
CIRCLES = "⟳ It goes in circles: “{phrase}”"

# Dice
DICE = "Dice"
DICE_LEAD = "## One character at a time\n\nThrow the dice, or choose a character yourself. A click on the text goes back to there."
DICE_START_INFO = "What it goes on from. Empty is the very beginning of a line, of which nothing is given."
DICE_SEED_INFO = "With the same start, seed and temperature it writes what the other tabs write."
TOP_K, TOP_K_INFO = "top-k", "Choose among so many of the likeliest only; 0 is all of them."
THROW, STEP_BACK, AFRESH = "Throw the dice", "One back", "From the start"
THROW_EMPTY = (
    "The characters lie end to end, likeliest first, each as wide as it is likely. The dice fall somewhere on them."
)
FELL = "The dice fell on {number:.3f}. There lies <b>{character}</b>, from {low:.3f} to {high:.3f}."
BY_HAND = "You chose <b>{character}</b>; it had a chance of {chance:.1%}."
GO_BACK, PICK = "Go back to here", "Choose this one"
WALK_TOO_LONG = ("This has become a long text.", "The dice are for {most:,} characters at most.", "Begin afresh.")

# Surprise
SURPRISE = "Surprise"
SURPRISE_LEAD = "## How surprised is it?\n\nPaste a sentence. The higher the bar behind a character, the less the model expected it."
SENTENCE, SENTENCE_INFO = "Sentence", "Any text of up to 2,000 characters."
SURPRISE_EXAMPLE = "To be, or not to be, that is the question."
SENTENCE_EMPTY = ("There is no sentence.", "Expected some text.", "Paste or write one.")
SENTENCE_TOO_LONG = ("The text has {count:,} characters.", "Expected {most:,} at most.", "Shorten it.")
OTHER_MODEL, OTHER_MODEL_INFO = "Beside it", "A second model for the same sentence."
SURPRISE_RUN = "Shade it"
SURPRISE_TOTAL = "{mean:.2f} bits per character ({total:,.0f} bits for {count:,} characters)"
BITS = "{bits:.1f} bits"
SURPRISE_TABLE = "The same as a table"
COLUMNS_SURPRISE = ("character", "bits", "expected instead", "how surely")
STYLE = "It sounds like {name}: {less:.2f} bits per character, against {more:.2f} for {other}."
STYLE_CLOSE = "Both find it equally likely: {name} {less:.2f} bits per character, {other} {more:.2f}."

NO_NUMBER = "{name} is no number. Expected a number."
CANNOT_READ = "What was sent cannot be read. Expected what the page, or the list of endpoints, names."
HALF_A_CHARACTER = "A text that was sent holds half a character (a lone surrogate). Expected whole characters."
NOT_UPLOADED = "A file is not here. Expected one that you sent to this page within the last hour. Bring it again."
NOT_POSSIBLE = "That does not work"
PRIVACY = "Texts and models stay on the computer that runs this page."
PRIVACY_HOURS = "They are deleted {hours:g} hours after their last change."
LIMITS = "On this machine: files of up to {upload_mb} MB, {characters:,} characters and {alphabet:,} different ones; {units:,} units, {epochs:,} epochs and {minutes:g} minutes a run; {runs} runs of yours at a time, {waiting} waiting in all; {length:,} characters written at once; {disk_mb:,} MB for everybody's runs."


def clock(seconds: float) -> str:
    """A time as one says it."""
    seconds = max(0, round(seconds))
    if seconds < 100:
        return f"{seconds} s"
    if seconds < 5_400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
