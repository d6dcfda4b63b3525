package state_test

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbatim/state/statetest"
)

// startCluster starts a cluster of n masters.
func startCluster(t *testing.T, n int) []*statetest.Redis {
	t.Helper()
	ctx := t.Context()
	var nodes []*statetest.Redis
	var clients []*redis.Client
	for i := range n {
		r := statetest.StartRedis(t, "--cluster-enabled", "yes", "--cluster-config-file", fmt.Sprintf("nodes-%d.conf", i))
		c := redis.NewClient(&redis.Options{Addr: r.Addr})
		t.Cleanup(func() { _ = c.Close() })
		nodes, clients = append(nodes, r), append(clients, c)
		if err := c.ClusterAddSlotsRange(ctx, i*16384/n, (i+1)*16384/n-1).Err(); err != nil {
			t.Fatal(err)
		}
		// Without an epoch of its own each would take itself for the same node.
		if err := c.Do(ctx, "cluster", "set-config-epoch", i+1).Err(); err != nil {
			t.Fatal(err)
		}
		host, port, _ := net.SplitHostPort(nodes[0].Addr)
		if err := c.ClusterMeet(ctx, host, port).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range clients {
		eventually(t, "the cluster is whole", func() bool {
			info, err := c.ClusterInfo(ctx).Result()
			return err == nil && strings.Contains(info, "cluster_state:ok") &&
				strings.Contains(info, "cluster_slots_ok:16384") && strings.Contains(info, fmt.Sprintf("cluster_size:%d\r", n))
		})
	}
	return nodes
}

// startSentinel starts a sentinel that watches a server as "main".
func startSentinel(t *testing.T, server *statetest.Redis) *statetest.Redis {
	t.Helper()
	s := statetest.StartRedis(t, "--sentinel")
	c := redis.NewSentinelClient(&redis.Options{Addr: s.Addr})
	defer func() { _ = c.Close() }()
	host, port, _ := net.SplitHostPort(server.Addr)
	if err := c.Monitor(context.Background(), "main", host, port, "1").Err(); err != nil {
		t.Fatal(err)
	}
	for option, value := range map[string]string{"down-after-milliseconds": "500", "failover-timeout": "3000"} {
		if err := c.Set(context.Background(), "main", option, value).Err(); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// eventually waits until ok; it gives up after a minute.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	// Sentinel waits out 30 s after a pause of its own, and three minutes after an
	// attempt that failed.
	for end := time.Now().Add(5 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("still not after five minutes: " + what)
}
