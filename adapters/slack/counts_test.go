package slack

import (
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"verbatim/adapters"
)

// counts are the adapter's signals, read back.
type counts struct {
	*adapters.Metrics
	registry *prometheus.Registry
	signals  *adapters.Signals
}

func newCounts() *counts {
	c := &counts{registry: prometheus.NewRegistry()}
	c.Metrics = adapters.NewMetrics(c.registry)
	c.signals = c.Platform(Name)
	return c
}

// of is how often something was counted.
func (c *counts) of(t testing.TB, name string) int {
	t.Helper()
	families, err := c.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "verbatim_platform_events_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "event" && l.GetValue() == name {
					return int(m.GetCounter().GetValue())
				}
			}
		}
	}
	return 0
}
