module council.example/forms

go 1.23.5

toolchain go1.23.6
