package main

import (
	"bytes"
	"testing"
	"time"
)

func TestPercentile(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(100 - i) // the slowest first
	}
	for _, c := range []struct {
		took    []time.Duration
		percent int
		want    time.Duration
	}{
		{nil, 50, 0},
		{[]time.Duration{7}, 50, 7},
		{[]time.Duration{7}, 99, 7},
		{[]time.Duration{3, 1, 2}, 50, 2},
		{[]time.Duration{4, 1, 3, 2}, 50, 3},
		{hundred, 50, 51},
		{hundred, 99, 100},
		{hundred, 100, 100},
		{hundred, 0, 1},
	} {
		if got := percentile(c.took, c.percent); got != c.want {
			t.Errorf("%d%% of %v: %d, want %d", c.percent, c.took, got, c.want)
		}
	}
	if hundred[0] != 100 {
		t.Error("the times were put in another order")
	}
}

func TestWriteFigures(t *testing.T) {
	for name, c := range map[string]struct {
		figures []figure
		want    string
	}{
		"without goals": {[]figure{{what: "size", value: "3 MB"}}, "| what | figure |\n|---|---|\n| size | 3 MB |\n"},
		"with one": {[]figure{{"time", "3 ms", "4 ms"}, {what: "size", value: "3 MB"}},
			"| what | figure | goal |\n|---|---|---|\n| time | 3 ms | 4 ms |\n| size | 3 MB |  |\n"},
	} {
		var w bytes.Buffer
		if writeFigures(&w, c.figures); w.String() != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, w.String(), c.want)
		}
	}
}

func TestCPUName(t *testing.T) {
	for info, want := range map[string]string{
		"processor\t: 0\nmodel\t\t: 85\nmodel name\t: A  Processor @ 2.00GHz\nflags\t: a b\n\nprocessor\t: 1\nmodel name\t: Another\n": "A Processor @ 2.00GHz",
		"processor\t: 0\nBogoMIPS\t: 50.00\n": "",
		"":                                    "",
	} {
		if got := cpuName(info); got != want {
			t.Errorf("%q: %q, want %q", info, got, want)
		}
	}
}

func TestStatusMB(t *testing.T) {
	const status = "Name:\tbot\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\nThreads:\t3\n"
	for size, want := range map[string]int{"VmHWM": 200, "VmRSS": 100, "VmSwap": 0} {
		if got := statusMB(status, size); got != want {
			t.Errorf("%s: %d, want %d", size, got, want)
		}
	}
}
