module council.example/web

go 1.22

require golang.org/x/net v0.18.0

replace golang.org/x/net => golang.org/x/net v0.22.0
