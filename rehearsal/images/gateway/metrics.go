package main

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The names and labels are the documented ones. function_name is NAME.NAMESPACE.
var (
	started = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "gateway_function_invocation_started",
		Help: "The total number of function HTTP requests started.",
	}, []string{"function_name"})
	invocations = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "gateway_function_invocation_total",
		Help: "Function metrics",
	}, []string{"function_name", "code"})
	seconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name: "gateway_functions_seconds",
		Help: "Function time taken",
	}, []string{"function_name", "code"})
	serviceCount = promauto.NewGaugeVec(prometheus.GaugeOpts{
		Name: "gateway_service_count",
		Help: "Current count of replicas for function",
	}, []string{"function_name"})
	requests = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "http_requests_total",
		Help: "The total number of HTTP requests.",
	}, []string{"code", "method", "path"})
	requestSeconds = promauto.NewHistogramVec(prometheus.HistogramOpts{
		Name: "http_request_duration_seconds",
		Help: "Seconds spent serving HTTP requests.",
	}, []string{"code", "method", "path"})
)

func metricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.Handler())
	return mux
}

// A watched answer remembers its code.
type watched struct {
	http.ResponseWriter
	code int
}

func (w *watched) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

func (w *watched) Flush() {
	if flusher, ok := w.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
}

// counted is for everything but calls of functions, which have metrics of their own.
func counted(route string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		answer := &watched{w, http.StatusOK}
		next(answer, r)
		labels := []string{strconv.Itoa(answer.code), strings.ToUpper(r.Method), route}
		requests.WithLabelValues(labels...).Inc()
		requestSeconds.WithLabelValues(labels...).Observe(time.Since(begin).Seconds())
	}
}
