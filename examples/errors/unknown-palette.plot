palette bww
