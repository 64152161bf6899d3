package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"time"
)

// functions is the provider's list with the number of calls that Prometheus counted. If Prometheus cannot be reached and
// there is a function, the real one fails in the middle and hangs up.
func (g *gateway) functions(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		g.forward(w, r)
		return
	}
	code, text, err := g.ask(http.MethodGet, r.URL.RequestURI(), nil)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	var list []map[string]any
	if code != http.StatusOK || json.Unmarshal(text, &list) != nil {
		w.WriteHeader(code)
		w.Write(text)
		return
	}
	if len(list) > 0 {
		counts, err := g.calls()
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		for _, one := range list {
			name, _ := one["name"].(string)
			one["invocationCount"] = counts[g.fullName(name)]
		}
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(list)
}

func (g *gateway) calls() (map[string]float64, error) {
	query := url.Values{"query": {"sum(gateway_function_invocation_total) by (function_name)"}}
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Get("http://" + g.prometheus + "/api/v1/query?" + query.Encode())
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var got struct {
		Data struct {
			Result []struct {
				Metric map[string]string `json:"metric"`
				Value  [2]any            `json:"value"`
			} `json:"result"`
		} `json:"data"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		return nil, err
	}
	counts := map[string]float64{}
	for _, one := range got.Data.Result {
		text, _ := one.Value[1].(string)
		counts[one.Metric["function_name"]], _ = strconv.ParseFloat(text, 64)
	}
	return counts, nil
}

func (g *gateway) info(w http.ResponseWriter, r *http.Request) {
	_, text, err := g.ask(http.MethodGet, "/system/info", nil)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	provider := map[string]any{}
	json.Unmarshal(text, &provider)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"provider": provider,
		"version":  map[string]string{"release": version, "commit_message": "stand-in"},
		"arch":     runtime.GOARCH,
	})
}

// countCopies keeps gateway_service_count.
func (g *gateway) countCopies(every time.Duration) {
	for ; ; time.Sleep(every) {
		code, text, err := g.ask(http.MethodGet, "/system/functions?namespace="+g.namespace, nil)
		var list []service
		if err != nil || code != http.StatusOK || json.Unmarshal(text, &list) != nil {
			continue
		}
		serviceCount.Reset()
		for _, one := range list {
			serviceCount.WithLabelValues(g.fullName(one.Name)).Set(float64(one.Replicas))
		}
	}
}
