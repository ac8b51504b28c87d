using Esb.Cli.Gateway;
using Esb.Host.Files;

namespace Esb.Cli.Modes;

/// <summary>
/// Tells a platform whose workers pull their images to fetch those of a deploy before the deploy changes anything. The
/// first request to a new revision then does not wait for its image, and an image that cannot be fetched is an error of
/// the deploy and not of a request.
/// </summary>
/// <param name="gateway">The gateway of the platform, running or not.</param>
/// <param name="served">The content of its functions.yml, whose images it has already.</param>
internal sealed class RunningPlatform(GatewayConnection gateway, string served)
{
    // Set when nothing answers: a stopped platform fetches images when it starts.
    private volatile bool _isDown;

    /// <summary>Reads what the platform serves now.</summary>
    public static RunningPlatform Of(GatewayConnection gateway, string functionsFile) =>
        new(gateway, File.Exists(functionsFile) ? OrdinaryFile.ReadText(functionsFile) : "");

    /// <returns>The reason why the image cannot be fetched, or null.</returns>
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
