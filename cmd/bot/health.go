package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthTime is how long a bot may take to say that it is well. It answers from
// memory, in under a millisecond; a container's own check waits five seconds.
const healthTime = 4 * time.Second

func healthCommand() *cobra.Command {
	var ready bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask the bot that runs on this machine whether it is well",
		Long: `Asks the bot that listens on LISTEN_ADDR whether it serves, as a container without
other programs needs it for its health check. It exits with 1 if not.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			env, err := environment()
			if err != nil {
				return err
			}
			path := "/healthz"
			if ready {
				path = "/readyz"
			}
			return health(cmd.Context(), env.ListenAddr, path, cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&ready, "ready", false, "ask whether every platform is connected, too")
	return cmd
}

// health asks for a path at the address that a bot listens on, and writes what it says.
func health(ctx context.Context, listen, path string, out io.Writer) error {
	if listen == "" {
		return errors.New("LISTEN_ADDR is not set, so that no bot listens; set the address that it was started with, like :8080")
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "" // all addresses of this machine: one of them is enough
	}
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	address := "http://" + net.JoinHostPort(cmp.Or(host, "localhost"), port) + path
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	// A proxy of the environment is not asked for this machine's own address.
	answer, err := (&http.Client{Transport: &http.Transport{}}).Do(request)
	if err != nil {
		return fmt.Errorf("the bot does not answer: %w", err)
	}
	defer answer.Body.Close()
	const most = 4096
	body, err := io.ReadAll(io.LimitReader(answer.Body, most))
	if err != nil {
		return fmt.Errorf("the bot does not answer: %w", err)
	}
	fmt.Fprintln(out, oneLine(string(body)))
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot is not well: %s", answer.Status)
	}
	return nil
}
