package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fjord.test/images/headers"
)

// withCallID keeps the caller's id, or gives it one, for the function and for the answer.
func withCallID(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Call-Id") == "" {
			r.Header.Set("X-Call-Id", newID())
		}
		r.Header.Set("X-Start-Time", strconv.FormatInt(time.Now().UTC().UnixNano(), 10))
		for _, name := range []string{"X-Call-Id", "X-Start-Time"} {
			w.Header().Set(name, r.Header.Get(name))
		}
		w.Header().Set("X-Served-By", "openfaas-ce/"+version)
		next(w, r)
	}
}

func newID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// call is /function/NAME: looked up, waited for, passed on, counted. What is not found is not counted as a call.
func (g *gateway) call(w http.ResponseWriter, r *http.Request, name string) {
	if g.fromZero {
		if code, err := g.awaken(name); err != nil {
			log.Print(err)
			http.Error(w, err.Error(), code)
			return
		}
	}
	label := g.fullName(name)
	started.WithLabelValues(label).Inc()
	begin := time.Now()
	code, whole := g.pass(w, r)
	duration := time.Since(begin).Seconds()
	invocations.WithLabelValues(label, strconv.Itoa(code)).Inc()
	seconds.WithLabelValues(label, strconv.Itoa(code)).Observe(duration)
	log.Printf("[%s] %s %s - %d (%.4fs)", r.Header.Get("X-Call-Id"), r.Method, r.URL.Path, code, duration)
	if !whole {
		panic(http.ErrAbortHandler)
	}
}

// forward passes a request of the administrator's interface to the provider.
func (g *gateway) forward(w http.ResponseWriter, r *http.Request) {
	if _, whole := g.pass(w, r); !whole {
		panic(http.ErrAbortHandler)
	}
}

// pass asks the provider for the decoded path. Without an answer in time it is 502 with no body. It streams only for
// those who accept an event stream first. It returns the code, and whether the answer came whole.
func (g *gateway) pass(w http.ResponseWriter, r *http.Request) (int, bool) {
	address := g.provider + r.URL.Path
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	ctx, cancel := context.WithTimeout(r.Context(), g.upstream)
	defer cancel()
	onward, err := http.NewRequestWithContext(ctx, r.Method, address, r.Body)
	if err != nil {
		// A decoded path that is no URL: the real one hangs up.
		panic(http.ErrAbortHandler)
	}
	if r.ContentLength == 0 {
		onward.Body = http.NoBody
	}
	onward.ContentLength = r.ContentLength
	headers.Copy(onward.Header, r.Header)
	setIfMissing(onward.Header, "X-Forwarded-Host", r.Host)
	setIfMissing(onward.Header, "X-Forwarded-For", r.RemoteAddr)
	answer, err := g.client.Do(onward)
	if err != nil {
		log.Printf("error with upstream request to: %s, %v", r.URL.Path, err)
		w.WriteHeader(http.StatusBadGateway)
		return http.StatusBadGateway, true
	}
	defer answer.Body.Close()
	headers.Copy(w.Header(), answer.Header)
	w.WriteHeader(answer.StatusCode)
	if strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream") {
		copyAtOnce(w, answer.Body)
	} else if _, err := io.Copy(w, answer.Body); err != nil {
		log.Printf("the answer of %s was cut: %v", r.URL.Path, err)
		return answer.StatusCode, false
	}
	return answer.StatusCode, true
}

func setIfMissing(h http.Header, name, value string) {
	if h.Get(name) == "" && value != "" {
		h.Set(name, value)
	}
}

func copyAtOnce(w http.ResponseWriter, from io.Reader) {
	flusher, _ := w.(http.Flusher)
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			w.Write(buffer[:n])
			if flusher != nil {
				flusher.Flush()
			}
		}
		if err != nil {
			return
		}
	}
}
