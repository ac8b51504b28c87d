using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>One function as it stands in <c>functions.yml</c>; what it leaves out is null or empty and comes from the defaults.</summary>
public sealed record FunctionDefinition
{
    /// <summary>The key under <c>functions:</c>; letters, digits, '-' and '_', at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The application that it belongs to; null when it says none.</summary>
    public string? Application { get; init; }

    /// <summary>Image reference, for the container backends.</summary>
    public string? Image { get; init; }

    /// <summary>Immutable staged folder, for the process backend.</summary>
    public string? Code { get; init; }

    /// <summary>As in Lambda, e.g. <c>python3.12</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>As in Lambda, e.g. <c>app.handler</c>.</summary>
    public string? Handler { get; init; }

    /// <summary>Content hash over what makes a worker different; null when nobody computed one.</summary>
    public string? Revision { get; init; }

    /// <summary>Seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>MiB, 64 to 10,240.</summary>
    public int? MemorySize { get; init; }

    /// <summary>What the function itself sets, without the defaults.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>For an image: what is started in it.</summary>
    public ImageConfiguration ImageConfig { get; init; } = ImageConfiguration.None;

    /// <summary>Size of <c>/tmp</c>, MiB; null for Lambda's 512.</summary>
    public int? EphemeralStorage { get; init; }

    /// <summary>Layer references of the same kind as the code, lowest first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>How many workers, for how long.</summary>
    public Scaling Scaling { get; init; } = Scaling.None;

    /// <summary>What invokes the function by the clock.</summary>
    public IReadOnlyList<ScheduleEvent> Schedules { get; init; } = [];

    /// <summary>How events that nobody waits for are tried again, and where their outcome goes.</summary>
    public AsynchronousSettings Asynchronous { get; init; } = AsynchronousSettings.None;

    /// <summary>The most invocations at once, and workers kept free for them; 0 stops the function; null when not said.</summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Workers that are kept started; raises <see cref="Functions.Scaling.MinCapacity"/>; null when not said.</summary>
    public int? ProvisionedConcurrency { get; init; }

    /// <summary>Qualifiers under which it can be invoked beside <c>$LATEST</c>; all mean the newest revision.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How the function answers through its URL.</summary>
    public InvokeMode InvokeMode { get; init; }

    /// <summary>Where the function's key stands.</summary>
    public Place Place { get; init; }
}
