"""The Inside tab: what the cells of a model do, how far back it leans, its embedding, its parts."""
