using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.AdminProtocol;

/// <summary>One worker.</summary>
public sealed record WorkerStatus
{
    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The function that it runs.</summary>
    public string Function { get; init; } = "";

    /// <summary>The revision of the function.</summary>
    public string Revision { get; init; } = "";

    /// <summary><c>starting</c>, <c>idle</c>, <c>busy</c>, <c>draining</c> …</summary>
    public string State { get; init; } = "";

    /// <summary>The address that it connects from.</summary>
    public string Address { get; init; } = "";

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The agent's description of it: its process or container.</summary>
    public string Description { get; init; } = "";

    /// <summary>What this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Additional { get; set; }
}
