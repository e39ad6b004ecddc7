"""The Surprise tab: a sentence, shaded by how little the model expected each of its characters."""
