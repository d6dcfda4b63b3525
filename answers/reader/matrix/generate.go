package matrix

// The generator's library, avo, is no part of a program that uses this package.
//go:generate go run ./internal/generate -pkg matrix -out matrix_amd64.s -stubs matrix_amd64.go
