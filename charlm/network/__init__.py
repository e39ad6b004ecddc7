"""The network itself: ids and a state go in, logits and the next state come out. The one door to TensorFlow."""
