using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>
/// A function as it is in <c>functions.yml</c>; settings that are not given are null or empty and come from the
/// defaults.
/// </summary>
public sealed record FunctionDefinition
{
    /// <summary>The key under <c>functions:</c>; letters, digits, '-' and '_', at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>The application that it belongs to; null for none.</summary>
    public string? Application { get; init; }

    /// <summary>An image reference, for the container backends.</summary>
    public string? Image { get; init; }

    /// <summary>An immutable staged folder, for the process backend.</summary>
    public string? Code { get; init; }

    /// <summary>The runtime, as in Lambda, such as <c>python3.12</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>The handler, as in Lambda, such as <c>app.handler</c>.</summary>
    public string? Handler { get; init; }

    /// <summary>A hash of everything that makes a worker different; null when none was computed.</summary>
    public string? Revision { get; init; }

    /// <summary>In seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>In MiB, 64 to 10,240.</summary>
    public int? MemorySize { get; init; }

    /// <summary>The function's own variables, without the defaults.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What is started in the image.</summary>
    public ImageConfiguration ImageConfig { get; init; } = ImageConfiguration.None;

    /// <summary>The size of <c>/tmp</c> in MiB; null for Lambda's 512.</summary>
    public int? EphemeralStorage { get; init; }

    /// <summary>Layer references of the same kind as the code, lowest first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The numbers of workers, and how long they are kept.</summary>
    public Scaling Scaling { get; init; } = Scaling.None;

    /// <summary>The schedules that invoke the function.</summary>
    public IReadOnlyList<ScheduleEvent> Schedules { get; init; } = [];

    /// <summary>How asynchronous events are retried, and where their outcome goes.</summary>
    public AsynchronousSettings Asynchronous { get; init; } = AsynchronousSettings.None;

    /// <summary>
    /// The maximum number of concurrent invocations, for which workers are reserved; 0 stops the function; null when
    /// not given.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>
    /// Workers that are kept running, which raises <see cref="Functions.Scaling.MinCapacity"/>; null when not given.
    /// </summary>
    public int? ProvisionedConcurrency { get; init; }

    /// <summary>
    /// Qualifiers under which it can be invoked, besides <c>$LATEST</c>; all refer to the newest revision.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How the function URL answers.</summary>
    public InvokeMode InvokeMode { get; init; }

    /// <summary>The position of the function's key.</summary>
    public Place Place { get; init; }
}
