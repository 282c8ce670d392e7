"""Hard use that takes too long for the test suite: kills, full disks, damaged files."""
