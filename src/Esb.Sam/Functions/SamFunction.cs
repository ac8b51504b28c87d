using Esb.Schema.Diagnostics;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>A function as the template defines it: everything is resolved and nothing is built.</summary>
public sealed record SamFunction
{
    /// <summary>The key under <c>Resources</c>.</summary>
    public required string LogicalId { get; init; }

    /// <summary><c>FunctionName</c>, otherwise the logical id.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the function is an image rather than code.</summary>
    public bool IsImage { get; init; }

    /// <summary>The runtime; null for an image.</summary>
    public string? Runtime { get; init; }

    /// <summary>The handler; null for an image.</summary>
    public string? Handler { get; init; }

    /// <summary><c>CodeUri</c> as written, relative to the template; null for an image and for inline code.</summary>
    public string? CodePath { get; init; }

    /// <summary>Source text in the template itself.</summary>
    public string? InlineCode { get; init; }

    /// <summary><c>Metadata: BuildMethod</c>, such as <c>makefile</c>; null when not given.</summary>
    public string? BuildMethod { get; init; }

    /// <summary>An image that exists already; null when it is built (<see cref="ImageBuild"/>).</summary>
    public string? ImageUri { get; init; }

    /// <summary>How to build the image; null when <c>Metadata</c> names no Dockerfile and no context.</summary>
    public ImageBuild? ImageBuild { get; init; }

    /// <summary><c>ImageConfig</c>: what is started in the image; null for the image's own values.</summary>
    public ImageConfig? ImageConfig { get; init; }

    /// <summary>The timeout in seconds.</summary>
    public int? Timeout { get; init; }

    /// <summary>The memory in MiB.</summary>
    public int? MemorySize { get; init; }

    /// <summary>The size of <c>/tmp</c> in MiB.</summary>
    public int? EphemeralStorage { get; init; }

    /// <summary>The environment variables, in the order of the template.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of layers of this template, lowest first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>The layers that the function names, which may be on AWS.</summary>
    internal IReadOnlyList<WantedLayer> WantedLayers { get; init; } = [];

    /// <summary><c>ProvisionedConcurrencyConfig</c>: workers that are kept running.</summary>
    public int? MinCapacity { get; init; }

    /// <summary>
    /// <c>ReservedConcurrentExecutions</c>: the maximum number of concurrent invocations; 0 stops the function.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>The maximum number of workers for <see cref="ReservedConcurrency"/>, at least one.</summary>
    public int? MaxCapacity => ReservedConcurrency is { } reserved ? Math.Max(1, reserved) : null;

    /// <summary>The architecture, <c>x86_64</c> or <c>arm64</c>; empty when not given.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>The aliases, which callers can give as qualifiers.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How asynchronous invocations are treated, in the form of functions.yml; null when not given.</summary>
    public YamlMapping? Asynchronous { get; init; }

    /// <summary>The URL of the function; null when it has none.</summary>
    public FunctionUrl? Url { get; init; }

    /// <summary>The schedules that invoke the function.</summary>
    public IReadOnlyList<SamSchedule> Schedules { get; init; } = [];

    /// <summary>The position of the resource.</summary>
    public Place Place { get; init; }

    /// <summary>The position of the handler.</summary>
    public Place HandlerPlace { get; init; }

    /// <summary>The position of the code's path.</summary>
    public Place CodePlace { get; init; }
}

/// <summary>A schedule that invokes a function.</summary>
/// <param name="Expression"><c>rate(…)</c>, <c>cron(…)</c> or <c>at(…)</c>.</param>
/// <param name="Input">JSON text; null for the event of EventBridge.</param>
/// <param name="Enabled">Whether the schedule is enabled.</param>
/// <param name="Timezone">An IANA name; null for UTC.</param>
/// <param name="Retry">The retry policy, in the form of functions.yml; null when not given.</param>
public sealed record SamSchedule(
    string Expression,
    string? Input,
    bool Enabled,
    string? Timezone = null,
    YamlMapping? Retry = null)
{
    /// <summary>The times between which the schedule is active.</summary>
    public ScheduleWindow Window { get; init; }
}

/// <summary><c>FunctionUrlConfig</c> or <c>AWS::Lambda::Url</c>.</summary>
/// <param name="NeedsSignature"><c>AuthType: AWS_IAM</c>.</param>
/// <param name="InvokeMode"><c>BUFFERED</c> or <c>RESPONSE_STREAM</c>.</param>
/// <param name="Cors">The CORS rules, in the form of routing.yml.</param>
/// <param name="Place">The position of the URL in the template.</param>
public sealed record FunctionUrl(bool NeedsSignature, string InvokeMode, YamlMapping? Cors, Place Place)
{
    /// <summary>Whether the URL needs an <c>AWS::Lambda::Permission</c>, because SAM creates none for it.</summary>
    public bool NeedsPermission { get; init; }

    /// <summary>The reason why the URL is closed; null when it is not.</summary>
    public string? Closed { get; init; }
}

/// <summary>The metadata from which <c>sam build</c> builds an image. Paths are relative to the template.</summary>
/// <param name="Context"><c>DockerContext</c>: the folder that is sent to the engine.</param>
/// <param name="Dockerfile">Relative to the context; <c>Dockerfile</c> when not given.</param>
/// <param name="Tag"><c>DockerTag</c>.</param>
/// <param name="Target"><c>DockerBuildTarget</c>: a stage of the Dockerfile.</param>
/// <param name="Arguments"><c>DockerBuildArgs</c>.</param>
public sealed record ImageBuild(
    string Context,
    string Dockerfile,
    string? Tag,
    string? Target,
    IReadOnlyDictionary<string, string> Arguments);

/// <summary>What is started in an image. Empty lists stand for the image's own values.</summary>
public sealed record ImageConfig(
    IReadOnlyList<string> EntryPoint,
    IReadOnlyList<string> Command,
    string? WorkingDirectory);
