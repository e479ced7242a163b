text "here"
