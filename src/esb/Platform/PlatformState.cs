using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Platform;

/// <summary>
/// <c>platform.json</c>: the parts that <c>esb up</c> started, with their addresses. It is written after each start, so
/// that a killed <c>esb up</c> leaves nothing that <c>esb down</c> cannot find.
/// </summary>
/// <param name="StartedAt">The start time of the oldest running part.</param>
/// <param name="ConfigDir">The folder that the gateway reads, absolute.</param>
/// <param name="Addresses">The addresses of the parts.</param>
/// <param name="Region">AWS region of the platform.</param>
/// <param name="Components">The started parts, in the order of starting.</param>
internal sealed record PlatformState(
    DateTimeOffset StartedAt,
    string ConfigDir,
    PlatformAddresses Addresses,
    string Region,
    IReadOnlyList<RunningComponent> Components)
{
    /// <summary>
    /// A gateway that an unfinished <c>esb upgrade</c> has started, whether or not it serves; otherwise null.
    /// </summary>
    public RunningComponent? Starting { get; init; }

    /// <summary>Gateways that were replaced and are draining.</summary>
    public IReadOnlyList<RunningComponent> Leaving { get; init; } = [];

    /// <summary>Null when nothing was started or the file cannot be read.</summary>
    public static PlatformState? Read(StateFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(
                OrdinaryFile.ReadAll(folder.PlatformFile), PlatformJson.Default.PlatformState);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(StateFolder folder) =>
        AtomicFile.Write(
            folder.PlatformFile, JsonSerializer.SerializeToUtf8Bytes(this, PlatformJson.Default.PlatformState));

    /// <summary>The parts that still run.</summary>
    public IReadOnlyList<RunningComponent> Running() =>
        [.. Components.Where(component => component.Process.IsRunning())];

    /// <summary>All running processes, including the gateways of upgrades.</summary>
    public IReadOnlyList<RunningComponent> AllRunning() =>
        [
            .. Components.Concat(Leaving).Append(Starting).OfType<RunningComponent>()
                .Where(component => component.Process.IsRunning()),
        ];

    /// <summary>The running component of this kind, or null.</summary>
    public RunningComponent? Find(ComponentKind kind) => Running().FirstOrDefault(component => component.Kind == kind);
}

/// <summary>One process of the platform.</summary>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Process">Its process.</param>
/// <param name="Address">The address to show.</param>
/// <param name="LogFile">The file for its output.</param>
internal sealed record RunningComponent(ComponentKind Kind, ProcessIdentity Process, string Address, string LogFile)
{
    /// <summary>
    /// Whether it was told to end, or is about to be. It is then no longer part of a running platform.
    /// </summary>
    public bool IsEnding { get; init; }
}

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(PlatformState))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class PlatformJson : JsonSerializerContext;
