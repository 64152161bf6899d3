// Stands in for the gateway of OpenFaaS Community Edition 0.27, whose image cannot be had without internet and whose
// licence excludes copies: it is written from its contract, which is what the manifests of a platform rely on.
//
// As the real one:
//   - its environment: read_timeout, write_timeout, upstream_timeout, functions_provider_url, function_namespace,
//     faas_nats_address, faas_nats_port, faas_nats_cluster_name, basic_auth, secret_mount_path, scale_from_zero,
//     max_idle_conns, max_idle_conns_per_host, prometheus_host, prometheus_port. Everything else is ignored
//   - it exits at its start if functions_provider_url is missing, or if the queue is set and cannot be reached
//   - /healthz is the provider's; metrics are on port 8082 only
//   - a function is looked up before each call (for 250 ms it remembers), and waited for if it has no ready copy
//   - it has no handler for SIGTERM, so it ends at once and cuts the calls that are under way
//
// Not as the real one: there is no user interface, and nothing can be deployed through it.
package main

import (
	"log"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"fjord.test/images/settings"
)

const version = "0.27.13"

type gateway struct {
	provider    string
	namespace   string
	upstream    time.Duration
	fromZero    bool
	credentials *settings.Credentials
	client      *http.Client
	prometheus  string
	copies      copies
	queue       *publisher
}

func main() {
	log.SetFlags(log.LstdFlags)
	provider := settings.Text("functions_provider_url", "")
	if _, err := url.ParseRequestURI(provider); err != nil {
		log.Fatal("functions_provider_url must be set to the address of the provider")
	}
	read := settings.Duration("read_timeout", time.Minute)
	write := settings.Duration("write_timeout", time.Minute)
	upstream := settings.Duration("upstream_timeout", time.Minute)
	g := &gateway{
		provider:    strings.TrimSuffix(provider, "/"),
		namespace:   settings.Text("function_namespace", ""),
		upstream:    upstream,
		fromZero:    settings.Yes("scale_from_zero"),
		credentials: settings.ReadCredentials(),
		prometheus: net.JoinHostPort(settings.Text("prometheus_host", "prometheus"),
			settings.Text("prometheus_port", "9090")),
		client: &http.Client{
			Transport: &http.Transport{
				DialContext:           (&net.Dialer{Timeout: upstream, KeepAlive: upstream}).DialContext,
				MaxIdleConns:          settings.Number("max_idle_conns", 1024),
				MaxIdleConnsPerHost:   settings.Number("max_idle_conns_per_host", 1024),
				IdleConnTimeout:       120 * time.Second,
				ExpectContinueTimeout: 1500 * time.Millisecond,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	log.Printf("stand-in of OpenFaaS' gateway %s, provider %s, timeouts %s %s %s",
		version, g.provider, read, write, upstream)
	if address, port := settings.Text("faas_nats_address", ""), settings.Text("faas_nats_port", ""); address != "" && port != "" {
		var err error
		if g.queue, err = connect(address, port); err != nil {
			log.Fatalln(err)
		}
	}
	go g.countCopies(5 * time.Second)
	go func() { log.Fatal(http.ListenAndServe(":8082", metricsHandler())) }()
	server := &http.Server{
		Addr:           ":8080",
		Handler:        g.routes(),
		ReadTimeout:    read,
		WriteTimeout:   write,
		MaxHeaderBytes: http.DefaultMaxHeaderBytes,
	}
	log.Fatal(server.ListenAndServe())
}

const name = `([-a-zA-Z_0-9.]+)`

var (
	function = regexp.MustCompile(`^/function/` + name + `(/.*)?$`)
	queued   = regexp.MustCompile(`^/async-function/` + name + `(/.*)?$`)
	status   = regexp.MustCompile(`^/system/function/` + name + `$`)
	scale    = regexp.MustCompile(`^/system/scale-function/` + name + `$`)
	// Answered by the provider as they are.
	provided = regexp.MustCompile(`^/system/(namespaces|namespace/` + name + `|secrets|logs|telemetry)$`)
)

// routes decides by the decoded path, and redirects to the clean form of one that is not clean.
func (g *gateway) routes() http.Handler {
	guarded := g.credentials.Require
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := r.URL.Path
		if cleaned := clean(p); cleaned != p {
			to := *r.URL
			to.Path, to.RawPath = cleaned, ""
			w.Header().Set("Location", to.String())
			w.WriteHeader(http.StatusMovedPermanently)
			return
		}
		if parts := function.FindStringSubmatch(p); parts != nil {
			withCallID(func(w http.ResponseWriter, r *http.Request) { g.call(w, r, parts[1]) })(w, r)
			return
		}
		if parts := queued.FindStringSubmatch(p); parts != nil && g.queue != nil {
			counted("/async-function/", withCallID(func(w http.ResponseWriter, r *http.Request) {
				g.enqueue(w, r, parts[1], parts[2])
			}))(w, r)
			return
		}
		route, handler := g.system(p)
		if handler == nil {
			http.NotFound(w, r)
			return
		}
		if route == "/healthz" || route == "/" {
			handler(w, r)
			return
		}
		counted(route, guarded(handler))(w, r)
	})
}

// system is the administrator's interface: the route's name in the metrics, and who answers.
func (g *gateway) system(p string) (string, http.HandlerFunc) {
	switch {
	case p == "/healthz":
		return p, g.forward
	case p == "/":
		return p, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/ui/", http.StatusTemporaryRedirect)
		}
	case strings.HasPrefix(p, "/ui/"):
		return "/ui/", func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte("a stand-in of OpenFaaS' gateway\n"))
		}
	case p == "/system/alert":
		return p, g.alert
	case p == "/system/info":
		return p, g.info
	case p == "/system/functions":
		return p, g.functions
	case status.MatchString(p):
		return "/system/function/", g.forward
	case scale.MatchString(p):
		return "/system/scale-function/", func(w http.ResponseWriter, r *http.Request) {
			g.scaleFunction(w, r, scale.FindStringSubmatch(p)[1])
		}
	case provided.MatchString(p):
		return "/system/" + strings.Split(p, "/")[2], g.forward
	}
	return "", nil
}

func clean(p string) string {
	if p == "" {
		return "/"
	}
	cleaned := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && cleaned != "/" {
		cleaned += "/"
	}
	return cleaned
}
