using System.Text.Json.Serialization;
using Esb.AdminProtocol;
using Esb.Cli.Platform;

namespace Esb.Cli.Documents;

/// <summary>
/// <c>esb status --json</c>: what the gateway reports about itself, and the other programs of the platform that do not
/// answer.
/// </summary>
internal sealed record StatusOutput : StatusDocument
{
    public StatusOutput()
    {
    }

    public StatusOutput(StatusDocument gateway, IReadOnlyList<PartDown> down)
        : base(gateway) => PartsDown = down;

    /// <summary>Programs that <c>esb up</c> started and that do not answer.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<PartDown> PartsDown { get => field ?? []; init; }
}
