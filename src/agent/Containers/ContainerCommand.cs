using Esb.Agent.Backends;
using Esb.AgentProtocol;

namespace Esb.Agent.Containers;

/// <summary>What a request says about the program in its image.</summary>
internal static class ContainerCommand
{
    /// <summary>Docker's CMD; empty: the image's own. AWS's base images take the handler so.</summary>
    public static IReadOnlyList<string> Command(StartWorkerRequest request) =>
        request.Command.Count > 0 ? request.Command : request.Handler.Length > 0 ? [request.Handler] : [];

    /// <exception cref="CannotStartException">There is no image.</exception>
    public static string Image(StartWorkerRequest request) =>
        request.Image.Length > 0
            ? request.Image
            : throw new CannotStartException($"{request.Function} has no image, and this platform runs containers; deploy it with --mode docker or --mode containerd");

    /// <summary>Names that people read in a list of containers; the end makes them different.</summary>
    public static string Name(StartWorkerRequest request) =>
        $"esb-{string.Concat(request.Function.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))}-{Guid.NewGuid().ToString("N")[..10]}";
}
