using System.Globalization;
using System.Text;

namespace Esb.Gateway.Admin;

/// <summary>The lines of Prometheus' text format (version 0.0.4).</summary>
internal static class MetricText
{
    /// <summary>The HELP and TYPE lines before the values of a metric.</summary>
    public static StringBuilder Head(this StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <summary>A metric with one value.</summary>
    public static StringBuilder One(
        this StringBuilder text,
        string name,
        string type,
        string help,
        double value,
        string labels = "") =>
        text.Head(name, type, help).Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
}
