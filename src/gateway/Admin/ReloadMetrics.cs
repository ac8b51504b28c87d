using System.Text;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;

namespace Esb.Gateway.Admin;

/// <summary>Metrics of the configuration and its reloads, in Prometheus' text format.</summary>
internal sealed class ReloadMetrics(LiveConfiguration live, Reloader reloader, TimeProvider time)
{
    public string Render()
    {
        var text = new StringBuilder();
        var (snapshot, statistics) = (live.Current, reloader.Statistics);
        text.One(
            "esb_configuration_loaded_timestamp_seconds",
            "gauge",
            "Load time of the current configuration.",
            snapshot.LoadedAt.ToUnixTimeSeconds(),
            $"{{hash=\"{snapshot.Hash}\"}}");
        text.One(
            "esb_configuration_age_seconds",
            "gauge",
            "Age of the current configuration.",
            (time.Steady() - snapshot.Loaded.Steady).TotalSeconds);
        text.One("esb_configuration_functions", "gauge", "Functions that are served.", snapshot.Functions.Count);
        text.One("esb_configuration_routes", "gauge", "Routes that are served.", snapshot.Routes.Count);
        text.One(
            "esb_configuration_last_reload_successful",
            "gauge",
            "1 when the current files are served, otherwise 0.",
            reloader.LastError is null ? 1 : 0);
        text.One("esb_configuration_reloads_total", "counter", "Reloads with a new configuration.", statistics.Served);
        text.One(
            "esb_configuration_reload_failures_total", "counter", "Reloads with invalid files.", statistics.Failed);
        text.One(
            "esb_configuration_reloads_unchanged_total", "counter", "Reloads without a change.", statistics.Unchanged);
        text.One(
            "esb_configuration_reload_duration_seconds_total",
            "counter",
            "Time spent reading, building and swapping.",
            statistics.Duration.TotalSeconds);
        text.One(
            "esb_configuration_last_reload_duration_seconds",
            "gauge",
            "The same for the last reload with a new configuration.",
            statistics.LastDuration.TotalSeconds);
        return text.ToString();
    }
}
