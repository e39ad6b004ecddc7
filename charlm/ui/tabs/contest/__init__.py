"""The tab Side by side: the curves of up to four runs in one chart."""
