// Stands in for faas-netes 0.18, OpenFaaS Community Edition's provider, whose image cannot be had without internet and
// whose licence excludes copies: it is written from its contract, which is what the manifests of a platform rely on.
//
// As the real one:
//   - its environment: port, function_namespace, read_timeout, write_timeout, basic_auth, secret_mount_path,
//     max_idle_conns, max_idle_conns_per_host. Everything else is ignored
//   - it knows Deployments and v1 Endpoints of its namespace from a list and a watch with its service account, and
//     serves nothing, not even /healthz, before both lists have come
//   - a call goes to a random ready address of the Endpoints of the function's name, at port 8080
//   - with more than 15 functions at its start it refuses all calls
//   - a Deployment whose pods have the label faas_function is set from 0 copies to 1, and from more than 5 to 5
//   - it has no handler for SIGTERM, so it ends at once
//
// Not as the real one: it does not ask https://checkip.amazonaws.com at its start, because a rehearsal has no internet.
// With stand_in_checkip=URL it asks there, and exits unless the answer is 200. It deploys nothing and has no logs:
// these answer 501.
package main

import (
	"encoding/json"
	"log"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"fjord.test/images/settings"
)

const (
	version = "0.18.17"
	// The community edition's limits.
	mostFunctions = 15
	mostCopies    = 5
)

type provider struct {
	namespace string
	cluster   *cluster
	client    *http.Client
	refuses   bool
}

func main() {
	if address := settings.Text("stand_in_checkip", ""); address != "" {
		checkInternet(address)
	}
	read := settings.Duration("read_timeout", 10*time.Second)
	write := settings.Duration("write_timeout", 10*time.Second)
	namespace := settings.Text("function_namespace", "default")
	credentials := settings.ReadCredentials()
	cluster, err := inCluster(namespace)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("stand-in of faas-netes %s, namespace %s, timeouts %s %s", version, namespace, read, write)
	cluster.follow()
	p := &provider{
		namespace: namespace,
		cluster:   cluster,
		refuses:   cluster.functions() > mostFunctions,
		client: &http.Client{
			Timeout: read,
			Transport: &http.Transport{
				DialContext:           (&net.Dialer{Timeout: read, KeepAlive: time.Second}).DialContext,
				MaxIdleConns:          settings.Number("max_idle_conns", 1024),
				MaxIdleConnsPerHost:   settings.Number("max_idle_conns_per_host", 1024),
				IdleConnTimeout:       120 * time.Millisecond,
				ExpectContinueTimeout: 1500 * time.Millisecond,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	if p.refuses {
		log.Printf("there are more than %d functions: all calls are refused", mostFunctions)
	}
	server := &http.Server{
		Addr:           ":" + strconv.Itoa(settings.Number("port", 8080)),
		Handler:        p.routes(credentials),
		ReadTimeout:    read,
		WriteTimeout:   write,
		MaxHeaderBytes: http.DefaultMaxHeaderBytes,
	}
	log.Fatal(server.ListenAndServe())
}

func checkInternet(address string) {
	client := http.Client{Timeout: 5 * time.Second}
	answer, err := client.Get(address)
	if err != nil {
		log.Fatalf("unable to reach the internet: %v", err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		log.Fatalf("unable to reach the internet: %s answered %d", address, answer.StatusCode)
	}
}

const name = `([-a-zA-Z_0-9.]+)`

var (
	function = regexp.MustCompile(`^/function/` + name + `(/.*)?$`)
	status   = regexp.MustCompile(`^/system/function/` + name + `$`)
	scale    = regexp.MustCompile(`^/system/scale-function/` + name + `$`)
)

func (p *provider) routes(credentials *settings.Credentials) http.Handler {
	system := credentials.Require(p.system)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if parts := function.FindStringSubmatch(r.URL.Path); parts != nil {
			p.call(w, r, parts[1], parts[2])
			return
		}
		if r.URL.Path == "/healthz" {
			return
		}
		system(w, r)
	})
}

func (p *provider) system(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if namespace := r.URL.Query().Get("namespace"); namespace != "" && namespace != p.namespace {
		http.Error(w, "unable to list namespace "+namespace, http.StatusUnauthorized)
		return
	}
	switch {
	case path == "/system/functions" && r.Method == http.MethodGet:
		answer(w, http.StatusOK, p.cluster.list())
	case status.MatchString(path) && r.Method == http.MethodGet:
		p.status(w, status.FindStringSubmatch(path)[1])
	case scale.MatchString(path) && r.Method == http.MethodPost:
		p.scale(w, r, scale.FindStringSubmatch(path)[1])
	case path == "/system/namespaces":
		answer(w, http.StatusOK, []string{p.namespace})
	case path == "/system/info":
		answer(w, http.StatusOK, map[string]any{
			"name":          "faas-netes",
			"orchestration": "kubernetes",
			"version":       map[string]string{"release": version, "commit_message": "stand-in"},
		})
	case path == "/system/telemetry":
		http.NotFound(w, r)
	default:
		http.Error(w, "the stand-in cannot do that", http.StatusNotImplemented)
	}
}

func answer(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(value)
}

func (p *provider) status(w http.ResponseWriter, name string) {
	found, ok := p.cluster.deployment(p.bare(name))
	if !ok {
		http.Error(w, "function not found", http.StatusNotFound)
		return
	}
	answer(w, http.StatusOK, found.status(p.namespace))
}

func (p *provider) scale(w http.ResponseWriter, r *http.Request, name string) {
	var asked struct {
		Replicas *int `json:"replicas"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || asked.Replicas == nil {
		http.Error(w, "cannot read the number of replicas", http.StatusBadRequest)
		return
	}
	if *asked.Replicas == 0 {
		http.Error(w, "replicas cannot be set to 0 in OpenFaaS CE", http.StatusBadRequest)
		return
	}
	if err := p.cluster.scale(p.bare(name), min(*asked.Replicas, mostCopies)); err != nil {
		log.Print(err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
