using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.AdminProtocol;

/// <summary>One function, and what it has done since the gateway started.</summary>
public sealed record FunctionStatus
{
    /// <summary>The name of the function.</summary>
    public string Name { get; init; } = "";

    /// <summary>The revision of its code.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Its runtime; empty for an image.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>The number of its workers.</summary>
    public int Workers { get; init; }

    /// <summary>The number of workers with an invocation.</summary>
    public int Busy { get; init; }

    /// <summary>The most workers that it may have.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>The number of invocations that wait for a worker.</summary>
    public int Queue { get; init; }

    /// <summary>The number of invocations.</summary>
    public long Calls { get; init; }

    /// <summary>The number of invocations that failed.</summary>
    public long Errors { get; init; }

    /// <summary>The number of invocations that exceeded the timeout.</summary>
    public long Timeouts { get; init; }

    /// <summary>The number of invocations that were refused because no worker was free.</summary>
    public long Throttles { get; init; }

    /// <summary>The number of workers that were started.</summary>
    public long ColdStarts { get; init; }

    /// <summary>The number of invocations in the last minute.</summary>
    public int CallsPerMinute { get; init; }

    /// <summary>The median duration of recent invocations, in milliseconds; null without any.</summary>
    [JsonPropertyName("p50_ms")]
    public double? P50 { get; init; }

    /// <summary>The 99th percentile of the duration of recent invocations, in milliseconds; null without any.</summary>
    [JsonPropertyName("p99_ms")]
    public double? P99 { get; init; }

    /// <summary>The message of the last failure; null without any.</summary>
    public string? LastError { get; init; }

    /// <summary>When the last failure happened.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>The routes that lead to it, as <c>METHOD /path</c>.</summary>
    public IReadOnlyList<string> Routes { get => field ?? []; init; }

    /// <summary>The application that it belongs to; null when it belongs to none.</summary>
    public string? Application { get; init; }

    /// <summary>What this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Additional { get; set; }
}
