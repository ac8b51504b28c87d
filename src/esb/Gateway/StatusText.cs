using System.Globalization;
using Esb.AdminProtocol;
using Esb.Cli.Platform;
using Esb.Cli.Terminal;

namespace Esb.Cli.Gateway;

/// <summary>Formats the document of <c>esb status</c>.</summary>
internal static class StatusText
{
    private static readonly string[] Header =
    [
        "APPLICATION", "FUNCTION", "REVISION", "WORKERS", "QUEUE", "CALLS/MIN", "P50", "P99", "ERRORS", "LAST ERROR",
    ];

    public static IReadOnlyList<string> Lines(
        StatusDocument status, IReadOnlyList<PartDown> down, DateTimeOffset now, int width, Paint paint)
    {
        var lines = new List<string> { Summary(status, now) };
        lines.AddRange(down.Select(part => $"{paint.Red("down:")} {part}"));
        if (status.Configuration.Error is { } error)
            lines.Add($"{paint.Yellow("not live:")} {error.Message}");
        if (status.Functions.Count == 0)
        {
            lines.Add("No functions yet. Next: esb deploy -t template.yaml");
            return lines;
        }

        // No application column if no function belongs to an application.
        var skip = status.Functions.All(f => f.Application is null) ? 1 : 0;
        var rows = status.Functions.OrderBy(f => f.Application is null)
            .ThenBy(f => f.Application, StringComparer.Ordinal)
            .Select(function => Row(function, now)[skip..]);
        var table = TextTable.Lines(Header[skip..], [.. rows], width);
        lines.Add(paint.Bold(table[0]));
        lines.AddRange(table.Skip(1));
        return lines;
    }

    private static string Summary(StatusDocument status, DateTimeOffset now)
    {
        var configuration = status.Configuration;
        var busy = status.Workers.Count(worker => worker.State == "busy");
        return $"gateway  up {DurationText.Age(now - status.StartedAt)}   "
            + $"configuration {configuration.Hash} loaded {DurationText.Age(now - configuration.LoadedAt)} ago   "
            + $"{Count(configuration.Functions, "function")}, {Count(configuration.Routes, "route")}, "
            + $"{Count(status.Workers.Count, "worker")} ({busy} busy)";
    }

    private static string[] Row(FunctionStatus function, DateTimeOffset now) =>
    [
        function.Application ?? "",
        function.Name,
        function.Revision,
        Number(function.Workers),
        Number(function.Queue),
        Number(function.CallsPerMinute),
        function.P50 is { } p50 ? DurationText.Latency(p50) : "",
        function.P99 is { } p99 ? DurationText.Latency(p99) : "",
        Number(function.Errors),
        LastError(function, now),
    ];

    private static string LastError(FunctionStatus function, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(function.LastError))
            return "";
        var message = function.LastError.ReplaceLineEndings(" ");
        return function.LastErrorAt is { } at ? $"{DurationText.Age(now - at)} ago: {message}" : message;
    }

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
