//go:build !amd64

package matrix

func available() []*kernel { return nil }
