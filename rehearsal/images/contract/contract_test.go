// Package contract runs the images that ../build makes, each as a pod would, and holds the stand-ins to what OpenFaaS'
// programs are known to do. It wants to be root in a network namespace that has nothing:
//
//	FJORD_IMAGES=DIRECTORY unshare --net go test ./contract
package contract

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var images, starter string

const (
	gatewayAddress  = "10.42.0.10"
	natsAddress     = "10.42.0.11"
	workerAddress   = "10.42.0.12"
	promAddress     = "10.42.0.13"
	alertAddress    = "10.42.0.14"
	functionAddress = "10.42.0.20"
	otherAddress    = "10.42.0.21"
	guestAddress    = "10.42.0.30"
)

const hosts = `127.0.0.1 localhost
10.42.0.10 gateway gateway.openfaas gateway.openfaas.svc.cluster.local
10.42.0.11 nats.openfaas.svc.cluster.local
10.42.0.13 prometheus
10.42.0.14 alertmanager
`

func TestMain(m *testing.M) {
	images = os.Getenv("FJORD_IMAGES")
	if images == "" {
		fmt.Println("FJORD_IMAGES is not set: nothing is tried")
		os.Exit(0)
	}
	directory, err := os.MkdirTemp("", "fjord-contract-")
	if err != nil {
		panic(err)
	}
	code := 1
	defer func() {
		os.RemoveAll(directory)
		os.Exit(code)
	}()
	starter = filepath.Join(directory, "start")
	build := exec.Command("go", "build", "-o", starter, "./start")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	for _, command := range []*exec.Cmd{
		build,
		exec.Command("ip", "link", "set", "lo", "up"),
		// With an address of its own: else it is the lowest of its cables', and changes while pods come and go.
		exec.Command("ip", "link", "add", "pods", "address", "02:00:00:00:00:01", "type", "bridge"),
		exec.Command("ip", "address", "add", "10.42.0.1/24", "dev", "pods"),
		exec.Command("ip", "link", "set", "pods", "up"),
	} {
		if output, err := command.CombinedOutput(); err != nil {
			fmt.Printf("%s: %v %s\n", command, err, output)
			return
		}
	}
	code = m.Run()
}

var secret = map[string]string{
	"/var/secrets/basic-auth-user":     "admin",
	"/var/secrets/basic-auth-password": "a-password\n",
}

func gatewaySpec(env ...string) spec {
	return spec{
		image: "gateway", address: gatewayAddress, user: 100, command: []string{"./gateway"}, mounted: secret,
		env: append([]string{
			"read_timeout=8s", "write_timeout=8s", "upstream_timeout=3s",
			"functions_provider_url=http://127.0.0.1:8081/", "function_namespace=openfaas-fn",
			"basic_auth=true", "secret_mount_path=/var/secrets", "scale_from_zero=true",
			"max_idle_conns=1024", "max_idle_conns_per_host=1024",
		}, env...),
	}
}

func providerSpec(a *api, beside *pod, readTimeout string) spec {
	account := "/var/run/secrets/kubernetes.io/serviceaccount/"
	return spec{
		image: "faas-netes", beside: beside, user: 100, command: []string{"./faas-netes"}, empty: []string{"/tmp"},
		mounted: map[string]string{
			"/var/secrets/basic-auth-user":     "admin",
			"/var/secrets/basic-auth-password": "a-password\n",
			account + "token":                  token,
			account + "ca.crt":                 a.authority,
		},
		env: []string{
			"port=8081", "function_namespace=openfaas-fn", "read_timeout=" + readTimeout, "write_timeout=8s",
			"http_probe=true", "set_nonroot_user=true", "basic_auth=true", "secret_mount_path=/var/secrets",
			"KUBERNETES_SERVICE_HOST=10.42.0.1", "KUBERNETES_SERVICE_PORT=6443",
		},
	}
}

func functionSpec(address string, env ...string) spec {
	return spec{
		image: "function", address: address, user: 12000, empty: []string{"/tmp"},
		env: append([]string{
			"exec_timeout=10s", "read_timeout=11s", "write_timeout=11s", "healthcheck_interval=1s",
		}, env...),
	}
}

// openfaas is gateway and provider, ready.
func openfaas(t *testing.T, a *api, env ...string) (*pod, *pod) {
	t.Helper()
	gateway := start(t, gatewaySpec(env...))
	provider := start(t, providerSpec(a, gateway, "8s"))
	ready(t, "http://"+gatewayAddress+":8080/healthz")
	return gateway, provider
}

var client = http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

func ready(t *testing.T, address string) time.Duration {
	t.Helper()
	return until(t, 15*time.Second, address, func() bool {
		answer, err := client.Get(address)
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}

type answered struct {
	code   int
	header http.Header
	body   string
	took   time.Duration
}

func (a answered) json(t *testing.T) map[string]any {
	t.Helper()
	var found map[string]any
	if err := json.Unmarshal([]byte(a.body), &found); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	return found
}

func ask(t *testing.T, method, address, body string, header ...string) answered {
	t.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(header); at += 2 {
		if header[at] == "basic" {
			request.SetBasicAuth("admin", header[at+1])
		} else {
			request.Header.Set(header[at], header[at+1])
		}
	}
	begin := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answered{answer.StatusCode, answer.Header, string(text), time.Since(begin)}
}

func equal(t *testing.T, what string, found, wanted any) {
	t.Helper()
	if fmt.Sprint(found) != fmt.Sprint(wanted) {
		t.Errorf("%s: %v, not %v", what, found, wanted)
	}
}

func holds(t *testing.T, what, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Errorf("%s has no %q: %s", what, part, text)
	}
}

const at = "http://" + gatewayAddress + ":8080"

func TestGatewayEndsWithoutItsSurroundings(t *testing.T) {
	for name, one := range map[string]struct {
		spec spec
		said string
	}{
		"no provider": {spec{image: "gateway", address: gatewayAddress, user: 100}, "functions_provider_url"},
		"no queue": {gatewaySpec("faas_nats_address=nats.openfaas.svc.cluster.local", "faas_nats_port=4222"),
			"dial tcp 10.42.0.11:4222"},
		"no secret": {spec{image: "gateway", address: gatewayAddress, user: 100,
			env: []string{"functions_provider_url=http://127.0.0.1:8081/", "basic_auth=true"}}, "basic-auth-user"},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, one.spec)
			code, took := p.waits(10 * time.Second)
			equal(t, "exit code", code, 1)
			holds(t, "the log", p.output.String(), one.said)
			t.Logf("after %s", took.Round(time.Millisecond))
		})
	}
}

func TestCallsOfAFunction(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	a.function("pay", 1, 1, nil, functionAddress)
	a.function("gone", 1, 1, nil)
	a.function("away", 1, 1, nil, "10.42.0.99")
	gateway, _ := openfaas(t, a)
	ready(t, "http://"+functionAddress+":8080/_/health")

	got := ask(t, "PUT", at+"/function/pay/a/b?x=1", "12345", "X-Call-Id", "an-id")
	equal(t, "code", got.code, 200)
	seen := got.json(t)
	equal(t, "method", seen["method"], "PUT")
	equal(t, "path", seen["path"], "/a/b")
	equal(t, "query", seen["query"], "x=1")
	equal(t, "body", seen["body"], 5)
	equal(t, "user", seen["user"], 12000)
	header := seen["headers"].(map[string]any)
	equal(t, "X-Call-Id", header["X-Call-Id"], "[an-id]")
	equal(t, "X-Forwarded-Host", header["X-Forwarded-Host"], "["+gatewayAddress+":8080]")
	holds(t, "X-Forwarded-For", fmt.Sprint(header["X-Forwarded-For"]), "10.42.0.1:")
	equal(t, "X-Call-Id", got.header.Get("X-Call-Id"), "an-id")
	equal(t, "X-Start-Time", len(got.header.Get("X-Start-Time")), 19)
	if got.header.Get("X-Duration-Seconds") == "" {
		t.Error("X-Duration-Seconds is missing")
	}
	holds(t, "X-Served-By", got.header.Get("X-Served-By"), "openfaas-ce/0.27")
	equal(t, "its own X-Call-Id", len(ask(t, "GET", at+"/function/pay", "").header.Get("X-Call-Id")), 36)
	equal(t, "with its namespace", ask(t, "GET", at+"/function/pay.openfaas-fn", "").code, 200)
	equal(t, "the function's own status", ask(t, "GET", at+"/function/pay?status=418", "").code, 418)

	equal(t, "unknown", ask(t, "GET", at+"/function/nobody", "").code, 404)
	equal(t, "no endpoints", ask(t, "GET", at+"/function/gone", "").code, 503)
	late := ask(t, "GET", at+"/function/pay?sleep=5s", "")
	equal(t, "over upstream_timeout", late.code, 502)
	equal(t, "its body", late.body, "")
	if late.took < 2900*time.Millisecond {
		t.Errorf("upstream_timeout is 3s, and it took %s", late.took)
	}
	// Nobody has the address: the kernel says so after its three seconds, which is when the gateway gives up.
	if code := ask(t, "GET", at+"/function/away", "").code; code != 502 && code != 500 {
		t.Errorf("an unreachable copy is %d", code)
	}
	equal(t, "no queue", ask(t, "POST", at+"/async-function/pay", "").code, 404)
	equal(t, "/", ask(t, "GET", at+"/nowhere", "").code, 404)

	metrics := ask(t, "GET", "http://"+gatewayAddress+":8082/metrics", "").body
	for _, line := range []string{
		`gateway_function_invocation_total{code="200",function_name="pay.openfaas-fn"} 3`,
		`gateway_function_invocation_total{code="502",function_name="pay.openfaas-fn"} 1`,
		`gateway_function_invocation_started{function_name="pay.openfaas-fn"} 5`,
		`gateway_functions_seconds_count{code="200",function_name="pay.openfaas-fn"} 3`,
		`gateway_service_count{function_name="pay.openfaas-fn"} 1`,
	} {
		holds(t, "/metrics", metrics, line)
	}
	equal(t, "metrics on 8080", ask(t, "GET", at+"/metrics", "").code, 404)

	// No handler for SIGTERM: a call under way is cut at once.
	cut := make(chan error, 1)
	go func() {
		_, err := client.Get(at + "/function/pay?sleep=2s")
		cut <- err
	}()
	time.Sleep(500 * time.Millisecond)
	gateway.signal(syscall.SIGTERM)
	if _, took := gateway.waits(time.Second); took > 500*time.Millisecond {
		t.Errorf("the gateway ended after %s", took)
	}
	if <-cut == nil {
		t.Error("the call survived the gateway")
	}
}

func TestAdministration(t *testing.T) {
	a := newAPI(t)
	a.function("pay", 2, 1, map[string]string{"com.openfaas.scale.min": "2"}, functionAddress)
	a.function("zero", 0, 0, nil)
	a.function("many", 9, 0, nil)
	openfaas(t, a)
	equal(t, "without a password", ask(t, "GET", at+"/system/function/pay", "").code, 401)
	equal(t, "with a wrong one", ask(t, "GET", at+"/system/function/pay", "", "basic", "b").code, 401)
	got := ask(t, "GET", at+"/system/function/pay", "", "basic", "a-password")
	equal(t, "code", got.code, 200)
	status := got.json(t)
	for key, value := range map[string]any{
		"name": "pay", "namespace": "openfaas-fn", "replicas": 2, "availableReplicas": 1, "image": "an-image",
	} {
		equal(t, key, status[key], value)
	}
	equal(t, "an unknown one", ask(t, "GET", at+"/system/function/no", "", "basic", "a-password").code, 404)
	equal(t, "/", ask(t, "GET", at+"/system/info", "", "basic", "a-password").code, 200)
	// Without Prometheus the list ends in a closed connection.
	request, _ := http.NewRequest("GET", at+"/system/functions", nil)
	request.SetBasicAuth("admin", "a-password")
	if answer, err := client.Do(request); err == nil {
		t.Errorf("the list without Prometheus is %d", answer.StatusCode)
	}
	// The provider keeps the limits of the edition by itself.
	until(t, 5*time.Second, "0 becomes 1, 9 become 5", func() bool { return a.replicas("zero") == 1 && a.replicas("many") == 5 })
	for asked, set := range map[string]int{"3": 3, "50": 5, "0": 1} {
		got := ask(t, "POST", at+"/system/scale-function/pay", `{"replicas":`+asked+`}`, "basic", "a-password")
		equal(t, "scaling to "+asked, got.code, 202)
		equal(t, "replicas", a.replicas("pay"), set)
	}
}

func TestAlertsScale(t *testing.T) {
	a := newAPI(t)
	a.function("pay", 1, 1, map[string]string{"com.openfaas.scale.min": "1", "com.openfaas.scale.max": "4"}, functionAddress)
	a.function("big", 1, 1, map[string]string{"com.openfaas.scale.max": "5", "com.openfaas.scale.factor": "40"})
	a.function("fixed", 2, 2, map[string]string{"com.openfaas.scale.min": "2", "com.openfaas.scale.max": "2"})
	openfaas(t, a)
	alert := func(state, name string) int {
		return ask(t, "POST", at+"/system/alert",
			fmt.Sprintf(`{"status":%q,"alerts":[{"status":%q,"labels":{"alertname":"x","function_name":%q}}]}`, state, state, name),
			"basic", "a-password").code
	}
	equal(t, "without a password", ask(t, "POST", at+"/system/alert", "{}").code, 401)
	follows := func(state, name string, wanted ...int) {
		t.Helper()
		for _, replicas := range wanted {
			equal(t, "code", alert(state, name), 200)
			equal(t, name, a.replicas(strings.TrimSuffix(name, ".openfaas-fn")), replicas)
			// The provider's informer hears of it.
			time.Sleep(50 * time.Millisecond)
		}
	}
	follows("firing", "pay.openfaas-fn", 2, 3, 4, 4)
	follows("resolved", "pay.openfaas-fn", 1)
	follows("firing", "big", 3, 5)
	follows("firing", "fixed.openfaas-fn", 2)
	equal(t, "an unknown function", alert("firing", "nobody"), 500)
}

func TestAFunctionWithoutCopiesIsWaitedFor(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	a.function("pay", 1, 0, nil)
	openfaas(t, a)
	go func() {
		time.Sleep(1500 * time.Millisecond)
		a.function("pay", 1, 1, nil, functionAddress)
	}()
	got := ask(t, "GET", at+"/function/pay", "")
	equal(t, "code", got.code, 200)
	if got.took < time.Second || got.took > 2500*time.Millisecond {
		t.Errorf("it took %s", got.took)
	}
}

func TestCallsAreBalancedAndSixteenFunctionsAreRefused(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	start(t, functionSpec(otherAddress))
	a.function("pay", 2, 2, nil, functionAddress, otherAddress)
	_, provider := openfaas(t, a)
	ready(t, "http://"+functionAddress+":8080/_/health")
	ready(t, "http://"+otherAddress+":8080/_/health")
	counts := map[string]int{}
	for range 100 {
		counts[fmt.Sprint(ask(t, "GET", at+"/function/pay", "").json(t)["host"])]++
	}
	if counts[functionAddress+":8080"] < 25 || counts[otherAddress+":8080"] < 25 {
		t.Errorf("calls per copy: %v", counts)
	}
	// A copy that leaves its Service gets no more calls.
	a.function("pay", 2, 1, nil, otherAddress)
	time.Sleep(100 * time.Millisecond)
	for range 20 {
		equal(t, "copy", ask(t, "GET", at+"/function/pay", "").json(t)["host"], otherAddress+":8080")
	}
	provider.signal(syscall.SIGTERM)
	provider.waits(time.Second)
	equal(t, "healthz without the provider", ask(t, "GET", at+"/healthz", "").code, 502)
	for number := range 15 {
		a.function(fmt.Sprint("more-", number), 1, 1, nil)
	}
	again := start(t, providerSpec(a, providerPlace(t), "2s"))
	until(t, 5*time.Second, "the provider counts", func() bool { return strings.Contains(again.output.String(), "refused") })
}

// providerPlace is a pod whose network a second provider may use.
func providerPlace(t *testing.T) *pod {
	return start(t, spec{image: "pause", address: guestAddress, user: 65535})
}

func TestProviderTimeout(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	a.function("pay", 1, 1, nil, functionAddress)
	gateway := start(t, gatewaySpec("upstream_timeout=7s"))
	start(t, providerSpec(a, gateway, "1s"))
	ready(t, at+"/healthz")
	got := ask(t, "GET", at+"/function/pay?sleep=3s", "")
	equal(t, "code", got.code, 500)
	holds(t, "body", got.body, "Can't reach service for: pay.")
}

// A receiver takes what the queue worker reports.
type receiver struct {
	mutex sync.Mutex
	got   []http.Header
	body  []string
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.got = append(r.got, request.Header)
	r.body = append(r.body, string(body))
}

func (r *receiver) count() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return len(r.got)
}

func TestQueuedCalls(t *testing.T) {
	a := newAPI(t)
	calls := &receiver{}
	listener, err := net.Listen("tcp", "10.42.0.1:9999")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go http.Serve(listener, calls)
	start(t, functionSpec(functionAddress))
	a.function("pay", 1, 1, nil, functionAddress)
	worker := spec{image: "queue-worker", address: workerAddress, user: 65532, env: []string{
		"faas_nats_address=nats.openfaas.svc.cluster.local", "faas_nats_port=4222", "faas_nats_cluster_name=faas-cluster",
		"faas_nats_queue_group=faas", "faas_gateway_address=gateway.openfaas.svc.cluster.local", "faas_gateway_port=8080",
		"ack_wait=3s",
	}}
	early := start(t, worker)
	if code, _ := early.waits(10 * time.Second); code == 0 {
		t.Error("a worker without a queue goes on")
	}
	start(t, spec{image: "nats-streaming", address: natsAddress, user: 65532, command: []string{"/nats-streaming-server"},
		args: []string{"--store=memory", "--cluster_id=faas-cluster", "--max_bytes=134217728", "--http_port=8222"}})
	until(t, 5*time.Second, "the queue", func() bool {
		connection, err := net.Dial("tcp", natsAddress+":4222")
		if err == nil {
			connection.Close()
		}
		return err == nil
	})
	time.Sleep(500 * time.Millisecond)
	openfaas(t, a, "faas_nats_address=nats.openfaas.svc.cluster.local", "faas_nats_port=4222")
	first := start(t, worker)
	until(t, 5*time.Second, "the worker", func() bool { return strings.Contains(first.output.String(), "ack_wait 3s") })

	queued := at + "/async-function/pay"
	equal(t, "GET", ask(t, "GET", queued, "").code, 405)
	equal(t, "a large body", ask(t, "POST", queued, strings.Repeat("x", 256_001)).code, 500)
	got := ask(t, "POST", queued+"/a?status=201", strings.Repeat("x", 256_000),
		"X-Callback-Url", "http://10.42.0.1:9999/done", "X-Call-Id", "an-id")
	equal(t, "code", got.code, 202)
	equal(t, "X-Call-Id", got.header.Get("X-Call-Id"), "an-id")
	until(t, 5*time.Second, "its result", func() bool { return calls.count() == 1 })
	header := calls.got[0]
	equal(t, "X-Function-Status", header.Get("X-Function-Status"), 201)
	equal(t, "X-Call-Id", header.Get("X-Call-Id"), "an-id")
	equal(t, "X-Function-Name", header.Get("X-Function-Name"), "pay")
	holds(t, "the result", calls.body[0], `"path":"/a"`)
	holds(t, "the result", calls.body[0], `"body":256000`)

	// One at a time: two calls of a second need two.
	begin := time.Now()
	for range 2 {
		ask(t, "POST", queued+"?sleep=1s", "", "X-Callback-Url", "http://10.42.0.1:9999/")
	}
	until(t, 6*time.Second, "both results", func() bool { return calls.count() == 3 })
	if took := time.Since(begin); took < 2*time.Second {
		t.Errorf("two calls of a second took %s", took)
	}

	// A worker that ends in the middle of a call: it is delivered again after ack_wait.
	ask(t, "POST", queued+"?sleep=2s", "", "X-Callback-Url", "http://10.42.0.1:9999/")
	time.Sleep(500 * time.Millisecond)
	first.signal(syscall.SIGTERM)
	first.waits(time.Second)
	worker.address = guestAddress
	start(t, worker)
	t.Logf("delivered again, and done after %s",
		until(t, 60*time.Second, "its result", func() bool { return calls.count() == 4 }).Round(100*time.Millisecond))
}

func TestAFunctionEndsAsOfWatchdog(t *testing.T) {
	p := start(t, functionSpec(functionAddress, "healthcheck_interval=2s"))
	own := "http://" + functionAddress + ":8080"
	ready(t, own+"/_/health")
	equal(t, "its health path", ask(t, "GET", own+"/actuator/health", "", "User-Agent", "kube-probe/1.36").code, 200)
	running := make(chan int, 1)
	go func() { running <- ask(t, "GET", own+"/?sleep=4s", "").code }()
	time.Sleep(300 * time.Millisecond)
	begin := time.Now()
	p.signal(syscall.SIGTERM)
	time.Sleep(300 * time.Millisecond)
	equal(t, "healthy", ask(t, "GET", own+"/_/health", "").code, 503)
	equal(t, "its health path", ask(t, "GET", own+"/actuator/health", "", "User-Agent", "kube-probe/1.36").code, 503)
	equal(t, "a new call", ask(t, "GET", own+"/", "").code, 200)
	equal(t, "the running call", <-running, 200)
	code, _ := p.waits(2 * time.Second)
	equal(t, "exit code", code, 0)
	if took := time.Since(begin); took < 3*time.Second || took > 5*time.Second {
		t.Errorf("it ended after %s", took)
	}
}

func TestWhatAFunctionCanBeAsked(t *testing.T) {
	program := exec.Command(os.Getenv("FJORD_INTERNET"), "10.42.0.1")
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Wait()
	defer program.Process.Kill()
	start(t, functionSpec(functionAddress, "exec_timeout=1s", "max_inflight=1"))
	own := "http://" + functionAddress + ":8080"
	ready(t, own+"/_/health")
	until(t, 5*time.Second, "the internet", func() bool {
		connection, err := net.Dial("tcp", "10.42.0.1:443")
		if err == nil {
			connection.Close()
		}
		return err == nil
	})
	of := func(query, key string) map[string]any {
		t.Helper()
		found, _ := ask(t, "GET", own+"/?"+query, "").json(t)[key].(map[string]any)
		return found
	}
	equal(t, "get", of("get=http://10.42.0.1/", "get")["status"], 200)
	equal(t, "get by https", of("get=https://10.42.0.1/", "get")["status"], 200)
	equal(t, "get by name", of("get=http://example.no/", "get")["status"], 200)
	equal(t, "open", of("dial=10.42.0.1:80", "dial")["result"], "open")
	equal(t, "refused", of("dial=10.42.0.1:81", "dial")["result"], "refused")
	equal(t, "dns", of("dns=example.no", "dns")["addresses"], "[10.42.0.1]")
	equal(t, "dns of another server", of("dns=example.no&server=10.42.0.1:53", "dns")["result"], "open")
	equal(t, "dns that is refused", of("dns=example.no&server=10.42.0.1:54", "dns")["result"], "refused")
	run(t, "nft", "add table ip contract; add chain ip contract in { type filter hook input priority 0; }; "+
		"add rule ip contract in tcp dport 82 drop")
	// exec_timeout is shorter than the function's patience here.
	late := ask(t, "GET", own+"/?dial=10.42.0.1:82", "")
	equal(t, "exec_timeout", late.code, 504)
	equal(t, "timeout", late.json(t)["dial"].(map[string]any)["result"], "timeout")
	equal(t, "exec_timeout", ask(t, "GET", own+"/?sleep=3s", "").code, 504)
	if took := ask(t, "GET", own+"/?burn=400ms", "").took; took < 400*time.Millisecond {
		t.Errorf("it burnt for %s", took)
	}
	equal(t, "held", ask(t, "GET", own+"/?hold=10Mi", "").json(t)["held"], float64(10<<20))
	equal(t, "size", len(ask(t, "GET", own+"/?size=10Ki", "").body), 10<<10)
	running := make(chan int, 1)
	go func() { running <- ask(t, "GET", own+"/?sleep=800ms", "").code }()
	time.Sleep(200 * time.Millisecond)
	equal(t, "over max_inflight", ask(t, "GET", own+"/", "").code, 429)
	equal(t, "ready", ask(t, "GET", own+"/_/ready", "").code, 429)
	equal(t, "the running one", <-running, 200)
}

func TestProgramsOfDebian(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	a.function("nightly", 1, 1, nil, functionAddress)
	openfaas(t, a)
	// As a schedule has it.
	job := start(t, spec{image: "curl", address: guestAddress, user: 65534, command: []string{"curl"}, args: []string{
		"--fail", "--fail-early", "--silent", "--show-error", "--output", "/dev/null", "--connect-timeout", "2",
		"--max-time", "5", "--retry", "300", "--retry-delay", "1", "--retry-max-time", "300", "--retry-all-errors",
		"http://gateway.openfaas.svc.cluster.local:8080/healthz", "--next", "--fail-with-body", "--silent",
		"--show-error", "--max-time", "60", "--request", "POST",
		"http://gateway.openfaas.svc.cluster.local:8080/function/nightly",
	}})
	code, _ := job.waits(20 * time.Second)
	equal(t, "exit code of curl", code, 0)
	holds(t, "what it prints", job.output.String(), `"method":"POST"`)

	start(t, spec{image: "redis", address: otherAddress, user: 12000, args: []string{"--maxmemory", "96mb", "--save", ""},
		empty: []string{"/data"}})
	until(t, 10*time.Second, "redis", func() bool {
		connection, err := net.Dial("tcp", otherAddress+":6379")
		if err != nil {
			return false
		}
		defer connection.Close()
		connection.SetDeadline(time.Now().Add(time.Second))
		fmt.Fprint(connection, "PING\r\n")
		reply := make([]byte, 5)
		io.ReadFull(connection, reply)
		return string(reply) == "+PONG"
	})
}

func TestPauseHoldsUntilItIsAsked(t *testing.T) {
	p := start(t, spec{image: "pause", address: guestAddress, user: 65535})
	time.Sleep(300 * time.Millisecond)
	p.signal(syscall.SIGTERM)
	code, took := p.waits(time.Second)
	equal(t, "exit code", code, 0)
	if took > 500*time.Millisecond {
		t.Errorf("it ended after %s", took)
	}
}

// The whole way of a scaling, with the real Prometheus and Alertmanager, as their manifests start them.
func TestLoadScalesByPrometheusAndAlertmanager(t *testing.T) {
	a := newAPI(t)
	start(t, functionSpec(functionAddress))
	a.function("pay", 1, 1, map[string]string{"com.openfaas.scale.max": "3"}, functionAddress)
	openfaas(t, a)
	start(t, spec{
		image: "prometheus", address: promAddress, user: 65534, empty: []string{"/prometheus/data"},
		args: []string{
			"--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus/data",
			"--storage.tsdb.retention.time=15d", "--storage.tsdb.retention.size=1GB",
		},
		mounted: map[string]string{
			"/etc/prometheus/prometheus.yml": configured(t, "20-prometheus.yaml", "prometheus.yml"),
			"/etc/prometheus/alert.rules.yml": strings.ReplaceAll(
				configured(t, "20-prometheus.yaml", "alert.rules.yml"), "(order-webhook|verify-payment)", "(pay|other)"),
		},
	})
	start(t, spec{
		image: "alertmanager", address: alertAddress, user: 65534, empty: []string{"/alertmanager"},
		args: []string{
			"--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager", "--cluster.listen-address=",
		},
		mounted: map[string]string{
			"/etc/alertmanager/alertmanager.yml": configured(t, "30-alertmanager.yaml", "alertmanager.yml"),
			"/var/secrets/basic-auth-password":   "a-password",
		},
	})
	t.Logf("Prometheus is ready after %s", ready(t, "http://"+promAddress+":9090/-/ready").Round(time.Millisecond))
	ready(t, "http://"+alertAddress+":9093/-/ready")
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
				if answer, err := client.Get(at + "/function/pay"); err == nil {
					answer.Body.Close()
				}
			}
		}
	}()
	t.Logf("2 copies after %s", until(t, time.Minute, "2 copies", func() bool { return a.replicas("pay") >= 2 }).Round(time.Second))
	list := ask(t, "GET", at+"/system/functions", "", "basic", "a-password")
	equal(t, "the list", list.code, 200)
	holds(t, "the list", list.body, `"invocationCount":`)
	close(stop)
	t.Logf("1 copy after %s", until(t, time.Minute, "1 copy", func() bool { return a.replicas("pay") == 1 }).Round(time.Second))
}

// configured is a file of a ConfigMap in the reference platform's manifests.
func configured(t *testing.T, manifest, key string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../../dist/manifests", manifest))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	var content []string
	inside := false
	for _, line := range lines {
		switch {
		case line == "  "+key+": |":
			inside = true
		case inside && strings.HasPrefix(line, "    "):
			content = append(content, line[4:])
		default:
			inside = false
		}
	}
	if len(content) == 0 {
		t.Fatalf("%s has no %s", manifest, key)
	}
	return strings.Join(content, "\n") + "\n"
}
