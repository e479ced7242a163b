undo
