"""The first screen: what this is, a network that is seen to learn, and two ways on."""
