// Stands in for what is behind nginx: OpenFaaS' gateway with its queue, its provider, and functions with a server of
// Go's own. Each reads a request's path as the real one does, which is the point of it: the router decodes once, cleans
// and redirects; the gateway and the queue worker each make a URL of what was decoded.
//
//	main CONTROL GATEWAY DIRECT...
//
// All are ADDRESS:PORT. CONTROL answers what has arrived and what has run since it was last asked, as JSON, and forgets
// it. The header X-Case of a request says which it is.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
	"sync"
)

// A run is one request that has come from nginx, or that has reached a function or OpenFaaS' own interface.
type run struct {
	Case string `json:"case"`
	// Who: a function's name, "direct", or the first name of a path that is no function's.
	Who string `json:"who"`
	// The path that it reads.
	Path     string `json:"path"`
	Raw      string `json:"raw"`
	Original string `json:"original"`
}

var (
	mutex   sync.Mutex
	arrived = []run{}
	ran     = []run{}
)

// fromNginx notes what comes before anybody reads it. The queue worker's own calls are not nginx'.
func fromNginx(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Queued") == "" {
			mutex.Lock()
			arrived = append(arrived, run{r.Header.Get("X-Case"), "", "", r.RequestURI, r.Header.Get("X-Original-Uri")})
			mutex.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

func note(who, path string, r *http.Request) {
	mutex.Lock()
	defer mutex.Unlock()
	ran = append(ran, run{r.Header.Get("X-Case"), who, path, r.RequestURI, r.Header.Get("X-Original-Uri")})
}

// routed cleans what was decoded, and sends those elsewhere who asked for something else.
func routed(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cleaned := clean(r.URL.Path); cleaned != r.URL.Path {
			to := *r.URL
			to.Path = cleaned
			w.Header().Set("Location", to.String())
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
		next(w, r)
	})
}

func clean(p string) string {
	if p == "" {
		return "/"
	}
	if p[0] != '/' {
		p = "/" + p
	}
	cleaned := path.Clean(p)
	if strings.HasSuffix(p, "/") && cleaned != "/" {
		cleaned += "/"
	}
	return cleaned
}

var (
	function = regexp.MustCompile(`^/function/([-a-zA-Z_0-9.]+)(/.*)?$`)
	queued   = regexp.MustCompile(`^/async-function/([-a-zA-Z_0-9.]+)(/.*)?$`)
)

var own = regexp.MustCompile(`^/(system|ui|healthz)(/.*)?$`)

func gateway(address, provider string) http.Handler {
	forward := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	worker := &http.Client{}
	return fromNginx(routed(func(w http.ResponseWriter, r *http.Request) {
		query := ""
		if r.URL.RawQuery != "" {
			query = "?" + r.URL.RawQuery
		}
		if function.MatchString(r.URL.Path) {
			onward, err := http.NewRequest(r.Method, "http://"+provider+r.URL.Path+query, nil)
			if err != nil {
				// The real one goes on without a request, and hangs up.
				panic(http.ErrAbortHandler)
			}
			onward.Header = r.Header.Clone()
			answer, err := forward.Do(onward)
			if err != nil {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			defer answer.Body.Close()
			for name, values := range answer.Header {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.StatusCode)
			return
		}
		if parts := queued.FindStringSubmatch(r.URL.Path); parts != nil {
			if r.Method != http.MethodPost {
				w.WriteHeader(http.StatusMethodNotAllowed)
				return
			}
			rest := parts[2]
			if rest == "" {
				rest = "/"
			}
			request, err := http.NewRequest(http.MethodPost, "http://"+address+"/function/"+parts[1]+rest+query, nil)
			if err == nil {
				request.Header = r.Header.Clone()
				request.Header.Set("X-Queued", "1")
				if answer, err := worker.Do(request); err == nil {
					answer.Body.Close()
				}
			}
			w.WriteHeader(http.StatusAccepted)
			return
		}
		if parts := own.FindStringSubmatch(r.URL.Path); parts != nil {
			note("/"+parts[1], r.URL.Path, r)
			return
		}
		w.WriteHeader(http.StatusNotFound)
	}))
}

func provider() http.Handler {
	return routed(func(w http.ResponseWriter, r *http.Request) {
		parts := function.FindStringSubmatch(r.URL.Path)
		if parts == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		note(parts[1], parts[2], r)
	})
}

// direct is a function that is reached past the gateway, on Go's own router.
func direct() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { note("direct", r.URL.Path, r) })
	return fromNginx(mux)
}

func control(w http.ResponseWriter, r *http.Request) {
	mutex.Lock()
	defer mutex.Unlock()
	json.NewEncoder(w).Encode(map[string][]run{"arrived": arrived, "ran": ran})
	arrived, ran = []run{}, []run{}
}

func listen(address string) net.Listener {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return listener
}

func main() {
	inner := listen("127.0.0.1:0")
	go http.Serve(inner, provider())
	go http.Serve(listen(os.Args[2]), gateway(os.Args[2], inner.Addr().String()))
	for _, address := range os.Args[3:] {
		go http.Serve(listen(address), direct())
	}
	listener := listen(os.Args[1])
	fmt.Println("listening")
	http.Serve(listener, http.HandlerFunc(control))
}
