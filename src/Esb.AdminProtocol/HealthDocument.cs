namespace Esb.AdminProtocol;

/// <summary>The answer to <c>GET /health</c>: open to everybody, and cheap.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Configuration">The configuration that is served.</param>
public sealed record HealthDocument(string Status, ConfigurationStatus Configuration);

/// <summary>The configuration that is served and, if the newest files are not served, the reason.</summary>
public sealed record ConfigurationStatus
{
    /// <summary>The hash of functions.yml and routing.yml.</summary>
    public string Hash { get; init; } = "";

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset LoadedAt { get; init; }

    /// <summary>The number of functions.</summary>
    public int Functions { get; init; }

    /// <summary>The number of routes.</summary>
    public int Routes { get; init; }

    /// <summary>Why the newest files are not served; null when they are.</summary>
    public ConfigurationError? Error { get; init; }
}

/// <summary>What is wrong with the files, and where.</summary>
/// <param name="Message">One human-readable line, with the place.</param>
/// <param name="Code">The code of the diagnostic.</param>
/// <param name="File">The file; null when the error concerns no file.</param>
/// <param name="Line">Counted from 1; null when unknown.</param>
/// <param name="Column">Counted from 1; null when unknown.</param>
public sealed record ConfigurationError(string Message, string? Code, string? File, int? Line, int? Column);

/// <summary>One human-readable line.</summary>
/// <param name="Message">The line.</param>
public sealed record AdminMessage(string Message);
