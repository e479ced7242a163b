listen 1
