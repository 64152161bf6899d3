package main

import (
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"strings"

	"fjord.test/images/headers"
)

// bare is a function's name without its namespace.
func (p *provider) bare(name string) string {
	return strings.TrimSuffix(name, "."+p.namespace)
}

// call passes a request to a random ready copy. Nothing is tried twice.
func (p *provider) call(w http.ResponseWriter, r *http.Request, name, rest string) {
	if p.refuses {
		http.Error(w, "Function invocations disabled, too many functions for OpenFaaS CE", http.StatusMethodNotAllowed)
		return
	}
	name = p.bare(name)
	addresses := p.cluster.addresses(name)
	if len(addresses) == 0 {
		if _, exists := p.cluster.deployment(name); !exists {
			http.Error(w, "No function found: "+name+".", http.StatusNotFound)
			return
		}
		http.Error(w, "No endpoints available for: "+name+".", http.StatusServiceUnavailable)
		return
	}
	address := "http://" + addresses[rand.IntN(len(addresses))] + ":8080" + rest
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	onward, err := http.NewRequestWithContext(r.Context(), r.Method, address, r.Body)
	if err != nil {
		http.Error(w, "Failed to resolve service: "+name+".", http.StatusInternalServerError)
		return
	}
	if r.ContentLength == 0 {
		onward.Body = http.NoBody
	}
	onward.ContentLength = r.ContentLength
	headers.Copy(onward.Header, r.Header)
	got, err := p.client.Do(onward)
	if err != nil {
		log.Printf("error with proxy request to: %s, %v", address, err)
		http.Error(w, "Can't reach service for: "+name+".", http.StatusInternalServerError)
		return
	}
	defer got.Body.Close()
	headers.Copy(w.Header(), got.Header)
	w.WriteHeader(got.StatusCode)
	if _, err := io.Copy(atOnce{w}, got.Body); err != nil {
		log.Printf("the answer of %s was cut: %v", name, err)
		panic(http.ErrAbortHandler)
	}
}

// atOnce sends each piece as it comes, for event streams.
type atOnce struct{ http.ResponseWriter }

func (a atOnce) Write(piece []byte) (int, error) {
	n, err := a.ResponseWriter.Write(piece)
	if flusher, ok := a.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
	return n, err
}
