package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	failures "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
)

//go:embed manifests
var packaged embed.FS

// writePackaged writes K3s' own manifests into the folder, except for those that are disabled; they are removed with
// what they have made. local-storage, servicelb and traefik are not here; metrics-server is where its image is.
func (s *server) writePackaged() error {
	names := []string{"coredns", "rolebindings"}
	if exists(filepath.Join(partsDirectory(), "images", "metrics-server.tar")) {
		names = append(names, "metrics-server")
	}
	for _, name := range names {
		text, err := packaged.ReadFile("manifests/" + name + ".yaml")
		if err != nil {
			return err
		}
		registry := s.one("system-default-registry", "")
		if registry != "" {
			registry += "/"
		}
		filled := strings.NewReplacer(
			"%{CLUSTER_DOMAIN}%", s.domain, "%{CLUSTER_DNS}%", s.dns, "%{SYSTEM_DEFAULT_REGISTRY}%", registry,
			"%{CLUSTER_DNS_LIST}%", `["`+s.dns+`"]`).Replace(string(text))
		if err := write(s.server("manifests", name+".yaml"), []byte(filled), 0o600); err != nil {
			return err
		}
	}
	return nil
}

var definitions = schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"}

type object = map[string]any

// haveKinds gives the API server the kinds that K3s brings: AddOn, and those of its Helm controller, which is not here,
// so that manifests with them are accepted.
func haveKinds(context context.Context, client dynamic.Interface) error {
	chart, err := chartSchema()
	if err != nil {
		return err
	}
	anything := object{"type": "object", "x-kubernetes-preserve-unknown-fields": true}
	for _, one := range []struct {
		group, kind, plural string
		spec                object
	}{
		{"k3s.cattle.io", "Addon", "addons", anything},
		{"helm.cattle.io", "HelmChart", "helmcharts", chart},
		{"helm.cattle.io", "HelmChartConfig", "helmchartconfigs", anything},
	} {
		made := object{
			"apiVersion": "apiextensions.k8s.io/v1",
			"kind":       "CustomResourceDefinition",
			"metadata":   object{"name": one.plural + "." + one.group},
			"spec": object{
				"group": one.group,
				"scope": "Namespaced",
				"names": object{"kind": one.kind, "plural": one.plural, "singular": strings.ToLower(one.kind), "listKind": one.kind + "List"},
				"versions": []any{object{
					"name": "v1", "served": true, "storage": true,
					"schema": object{"openAPIV3Schema": object{
						"type":       "object",
						"properties": object{"spec": one.spec, "status": anything},
					}},
				}},
			},
		}
		_, err := client.Resource(definitions).Create(context, &unstructured.Unstructured{Object: made}, meta.CreateOptions{})
		if err != nil && !failures.IsAlreadyExists(err) {
			return err
		}
	}
	return served(context, client)
}

// served is an error as long as the kinds are not served yet.
func served(context context.Context, client dynamic.Interface) error {
	for _, kind := range []schema.GroupVersionResource{addonKind, {Group: "helm.cattle.io", Version: "v1", Resource: "helmcharts"}} {
		if _, err := client.Resource(kind).List(context, meta.ListOptions{Limit: 1}); err != nil {
			return err
		}
	}
	return nil
}

// chartSchema is the spec of HelmChart, from schemas/custom of the repository.
func chartSchema() (object, error) {
	text, err := packaged.ReadFile("manifests/helm-chart.json")
	if err != nil {
		return nil, err
	}
	var read object
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, err
	}
	spec, found, err := unstructured.NestedMap(read, "properties", "spec")
	if err != nil || !found {
		return nil, fmt.Errorf("helm-chart.json has no schema of a spec: %v", err)
	}
	return structural(spec), nil
}

// structural keeps of a JSON Schema what a schema of a kind may have.
func structural(of object) object {
	kept := object{}
	for _, key := range []string{"enum", "pattern", "minimum", "maximum", "minItems", "minLength", "required"} {
		if value, has := of[key]; has {
			kept[key] = value
		}
	}
	switch kind := of["type"].(type) {
	case string:
		kept["type"] = kind
	case []any:
		kept["x-kubernetes-int-or-string"] = true
	}
	if properties, has := of["properties"].(object); has {
		all := object{}
		for name, one := range properties {
			all[name] = structural(one.(object))
		}
		kept["properties"] = all
	} else if other, has := of["additionalProperties"].(object); has {
		kept["additionalProperties"] = structural(other)
	} else if kept["type"] == "object" {
		kept["x-kubernetes-preserve-unknown-fields"] = true
	}
	if items, has := of["items"].(object); has {
		kept["items"] = structural(items)
	}
	if kept["type"] == nil && !slices.Contains([]any{true}, kept["x-kubernetes-int-or-string"]) {
		kept["x-kubernetes-preserve-unknown-fields"] = true
	}
	return kept
}
