using Esb.Cli.Gateway;
using Esb.Host.Files;

namespace Esb.Cli.Modes;

/// <summary>
/// Has a platform whose workers pull their images fetch those of a deploy before the deploy changes anything: the first
/// request to a new revision does not wait for its image, and an image that cannot be fetched is an error of the deploy
/// and not of a request.
/// </summary>
/// <param name="gateway">Of the platform, running or not.</param>
/// <param name="served">What its functions.yml says now; what stands there has been fetched.</param>
internal sealed class RunningPlatform(GatewayConnection gateway, string served)
{
    // Set when nothing answers: a platform that does not run fetches when it starts.
    private volatile bool _isDown;

    /// <summary>Reads what the platform serves now.</summary>
    public static RunningPlatform Of(GatewayConnection gateway, string functionsFile) =>
        new(gateway, File.Exists(functionsFile) ? OrdinaryFile.ReadText(functionsFile) : "");

    /// <returns>Why the image cannot be had there, or null.</returns>
    public async Task<string?> FetchAsync(string reference, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (_isDown || served.Contains(reference, StringComparison.Ordinal))
            return null;
        onLine("fetching for its workers");
        try
        {
            return await gateway.Admin.PrepareImageAsync(reference, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            _isDown = true;
            return null;
        }
    }
}
