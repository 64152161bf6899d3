package main

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const patience = 3 * time.Second

// act does what the query asks for, writes down what came of it, and returns the status to answer with.
func act(ctx context.Context, query url.Values, seen map[string]any) int {
	if burn, err := time.ParseDuration(query.Get("burn")); err == nil {
		for end := time.Now().Add(burn); time.Now().Before(end) && ctx.Err() == nil; {
		}
	}
	held := make([]byte, amount(query.Get("hold")))
	for at := 0; at < len(held); at += 4096 {
		held[at] = 1
	}
	if sleep, err := time.ParseDuration(query.Get("sleep")); err == nil {
		select {
		case <-time.After(sleep):
		case <-ctx.Done():
		}
	}
	for _, address := range query["get"] {
		seen["get"] = timed(func() (map[string]any, error) { return get(ctx, address) })
	}
	for _, address := range query["dial"] {
		seen["dial"] = timed(func() (map[string]any, error) { return nil, dial(ctx, address) })
	}
	for _, name := range query["dns"] {
		seen["dns"] = timed(func() (map[string]any, error) { return resolve(ctx, name, query.Get("server")) })
	}
	if len(held) > 0 {
		seen["held"] = len(held)
	}
	if status, err := strconv.Atoi(query.Get("status")); err == nil && status >= 200 && status <= 599 {
		return status
	}
	return http.StatusOK
}

// timed notes `open`, `refused`, `timeout` or another error, and the seconds that it took.
func timed(try func() (map[string]any, error)) map[string]any {
	begin := time.Now()
	found, err := try()
	if found == nil {
		found = map[string]any{}
	}
	found["result"] = "open"
	var late net.Error
	switch {
	case err == nil:
	// Go's resolver keeps only the text of what the system said.
	case errors.Is(err, syscall.ECONNREFUSED), strings.Contains(err.Error(), "connection refused"):
		found["result"] = "refused"
	case errors.As(err, &late) && late.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		found["result"] = "timeout"
	default:
		found["result"] = "error"
	}
	if err != nil {
		found["error"] = err.Error()
	}
	found["seconds"] = time.Since(begin).Seconds()
	return found
}

// A client without connections to keep: each fetch shows what the network allows now. Whose certificate it is makes no
// difference to that.
var fetching = http.Client{
	Timeout: patience,
	Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
	},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func get(ctx context.Context, address string) (map[string]any, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	answer, err := fetching.Do(request)
	if err != nil {
		return nil, err
	}
	answer.Body.Close()
	return map[string]any{"status": answer.StatusCode}, nil
}

func dial(ctx context.Context, address string) error {
	connection, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, "tcp", address)
	if err == nil {
		connection.Close()
	}
	return err
}

func resolve(ctx context.Context, name, server string) (map[string]any, error) {
	resolver := &net.Resolver{PreferGo: true}
	if server != "" {
		resolver.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "udp", server)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	addresses, err := resolver.LookupHost(ctx, name)
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		// The server answered, which is what was asked.
		return map[string]any{"addresses": []string{}}, nil
	}
	return map[string]any{"addresses": addresses}, err
}

// amount is a number of bytes, as 10, 10Ki, 10Mi or 1Gi.
func amount(text string) int64 {
	unit := int64(1)
	for suffix, size := range map[string]int64{"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30} {
		if rest, has := strings.CutSuffix(text, suffix); has {
			text, unit = rest, size
		}
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 {
		return 0
	}
	return number * unit
}
