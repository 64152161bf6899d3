// What a kubelet makes of its arguments about memory, by its own parsers: the arguments in, its configuration out.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/pflag"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet/apis/config/validation"
	"k8s.io/kubernetes/pkg/kubelet/eviction"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	logsapi "k8s.io/component-base/logs/api/v1"
	_ "k8s.io/component-base/logs/json/register"
)

func main() {
	config, err := options.NewKubeletConfiguration()
	if err != nil {
		fail(err)
	}
	flags := pflag.NewFlagSet("kubelet", pflag.ContinueOnError)
	options.AddKubeletConfigFlags(flags, config)
	if err := flags.Parse(os.Args[1:]); err != nil {
		fail(err)
	}
	// The machine of the test is not the node.
	config.FailCgroupV1 = false
	logsapi.SetRecommendedLoggingConfiguration(&config.Logging)
	if err := validation.ValidateKubeletConfiguration(config, utilfeature.DefaultFeatureGate); err != nil {
		fail(err)
	}
	thresholds, err := eviction.ParseThresholdConfig(
		nil, config.EvictionHard, config.EvictionSoft, config.EvictionSoftGracePeriod, config.EvictionMinimumReclaim)
	if err != nil {
		fail(err)
	}
	signals := map[string]string{}
	for _, threshold := range thresholds {
		if threshold.Value.Quantity != nil {
			signals[string(threshold.Signal)] = threshold.Value.Quantity.String()
		} else {
			signals[string(threshold.Signal)] = fmt.Sprintf("%v", threshold.Value.Percentage)
		}
	}
	out := map[string]any{
		"system": config.SystemReserved, "kube": config.KubeReserved,
		"enforced": config.EnforceNodeAllocatable, "eviction": signals,
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
