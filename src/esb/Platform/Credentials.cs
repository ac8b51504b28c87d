using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Platform;

/// <summary>
/// The key pair that stores, functions and provisioner share. The pair that a platform was started with is kept in
/// <c>&lt;S&gt;/credentials</c>, readable by its owner only, so that later commands in other shells use the same pair.
/// </summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    private const string DefaultAccessKeyId = "esb";
    private const int SecretBytes = 30;

    /// <summary>The pair that the platform was last started with, or null.</summary>
    public static Credentials? Kept(StateFolder state)
    {
        if (!ExistenceCheck.IsFile(state.CredentialsFile))
            return null;
        var values = DotEnv.Parse(OrdinaryFile.ReadText(state.CredentialsFile), state.CredentialsFile);
        return values.TryGetValue(SettingNames.AccessKeyId, out var id)
            && values.TryGetValue(SettingNames.SecretAccessKey, out var secret)
            ? new Credentials(id, secret)
            : null;
    }

    /// <summary>
    /// The pair for a start: from the settings, otherwise the kept pair, otherwise a pair with a new secret. The result
    /// is kept.
    /// </summary>
    public static Credentials ForStart(PlatformSettings settings)
    {
        var kept = Kept(settings.State);
        var credentials = new Credentials(
            settings.AccessKeyId ?? kept?.AccessKeyId ?? DefaultAccessKeyId,
            settings.SecretAccessKey
                ?? kept?.SecretAccessKey
                ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
        if (credentials != kept)
            Keep(credentials, settings.State);
        return credentials;
    }

    /// <summary>The access key id, without the secret.</summary>
    public override string ToString() => AccessKeyId;

    // The file is created with its final mode, so that others can never read it.
    private static void Keep(Credentials credentials, StateFolder state)
    {
        File.Delete(state.CredentialsFile);
        using var file = new FileStream(state.CredentialsFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var text = DotEnv.Line(SettingNames.AccessKeyId, credentials.AccessKeyId)
            + DotEnv.Line(SettingNames.SecretAccessKey, credentials.SecretAccessKey);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
