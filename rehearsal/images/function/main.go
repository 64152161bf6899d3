// Stands in for any function, with of-watchdog in front of it, whatever the image's name.
//
// Its environment is of-watchdog's: port, exec_timeout, read_timeout, write_timeout, healthcheck_interval,
// max_inflight. /_/health answers 200, /_/ready too unless max_inflight calls run. Any other path is the function's:
//
//	?sleep=1.5s      answers after that time, or 504 at exec_timeout
//	?burn=100ms      uses a processor for so long
//	?hold=10Mi       holds that much memory until the answer is sent
//	?size=10Ki       answers so many bytes
//	?status=500      answers with this status
//	?get=URL         fetches it, for at most 3 s
//	?dial=HOST:PORT  opens a TCP connection, for at most 3 s
//	?dns=NAME        asks the pod's DNS; &server=IP:PORT asks another one, by UDP
//
// The answer is JSON: what was seen of the request, the pod's name, and what came of it. The kubelet's probes, known by
// their User-Agent, get the health at every path, so any healthPath works.
//
// On SIGTERM it is unhealthy but takes calls for healthcheck_interval, then finishes running ones within write_timeout.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"fjord.test/images/settings"
)

type function struct {
	name     string
	timeout  time.Duration
	inflight int64
	running  atomic.Int64
	leaving  atomic.Bool
}

func main() {
	write := settings.Duration("write_timeout", 30*time.Second)
	interval := settings.Duration("healthcheck_interval", write)
	host, _ := os.Hostname()
	f := &function{
		name:     host,
		timeout:  settings.Duration("exec_timeout", 30*time.Second),
		inflight: int64(settings.Number("max_inflight", 0)),
	}
	server := &http.Server{
		Addr:           ":" + strconv.Itoa(settings.Number("port", 8080)),
		Handler:        f,
		ReadTimeout:    settings.Duration("read_timeout", 30*time.Second),
		WriteTimeout:   write,
		MaxHeaderBytes: http.DefaultMaxHeaderBytes,
	}
	stop, release := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer release()
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed {
			log.Fatal(err)
		}
	}()
	log.Printf("%s listens on %s", host, server.Addr)
	<-stop.Done()
	log.Printf("SIGTERM: no new connections in %s", interval)
	f.leaving.Store(true)
	time.Sleep(interval)
	finish, cancel := context.WithTimeout(context.Background(), write)
	defer cancel()
	if err := server.Shutdown(finish); err != nil {
		log.Printf("calls were cut: %v", err)
	}
}

func (f *function) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	probe := strings.HasPrefix(r.UserAgent(), "kube-probe/") || r.URL.Path == "/_/health"
	switch {
	case r.URL.Path == "/_/ready" && f.inflight > 0 && f.running.Load() >= f.inflight:
		w.WriteHeader(http.StatusTooManyRequests)
	case probe || r.URL.Path == "/_/ready":
		if f.leaving.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "OK")
	default:
		f.call(w, r)
	}
}

func (f *function) call(w http.ResponseWriter, r *http.Request) {
	begin := time.Now()
	defer f.running.Add(-1)
	if running := f.running.Add(1); f.inflight > 0 && running > f.inflight {
		http.Error(w, "Concurrent request limit exceeded.", http.StatusTooManyRequests)
		return
	}
	size, err := io.Copy(io.Discard, r.Body)
	seen := map[string]any{
		"pod":      f.name,
		"method":   r.Method,
		"path":     r.URL.Path,
		"query":    r.URL.RawQuery,
		"host":     r.Host,
		"headers":  r.Header,
		"body":     size,
		"user":     os.Getuid(),
		"function": os.Getenv("FUNCTION_NAME"),
	}
	if err != nil {
		seen["error"] = err.Error()
	}
	ctx, cancel := context.WithTimeout(r.Context(), f.timeout)
	defer cancel()
	code := act(ctx, r.URL.Query(), seen)
	if time.Since(begin) >= f.timeout {
		code = http.StatusGatewayTimeout
	}
	took := time.Since(begin).Seconds()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Duration-Seconds", fmt.Sprintf("%f", took))
	w.WriteHeader(code)
	if size := amount(r.URL.Query().Get("size")); size > 0 {
		io.CopyN(w, endless{}, size)
	} else {
		json.NewEncoder(w).Encode(seen)
	}
	log.Printf("[%s] %s %s - %d (%.4fs)", r.Header.Get("X-Call-Id"), r.Method, r.URL.Path, code, took)
}

type endless struct{}

func (endless) Read(into []byte) (int, error) {
	for at := range into {
		into[at] = '.'
	}
	return len(into), nil
}
