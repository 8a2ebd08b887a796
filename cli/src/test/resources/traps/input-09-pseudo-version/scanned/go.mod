module council.example/mesh

go 1.22

require (
	istio.io/istio v0.0.0-20220308185742-91533d04e894
	example.org/hedge v0.0.0-20220308185742-91533d04e894
)
