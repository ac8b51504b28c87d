using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Platform;

/// <summary>
/// The key pair that stores, functions and provisioner share. What a platform was started with stays in
/// <c>&lt;S&gt;/credentials</c>, readable for its owner only, so that a later command in another shell signs with the same.
/// </summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey)
{
    private const string UsualAccessKeyId = "esb";
    private const int SecretBytes = 30;

    /// <summary>What the platform was last started with, or null.</summary>
    public static Credentials? Kept(StateFolder state)
    {
        if (!Presence.IsFile(state.CredentialsFile))
            return null;
        var values = DotEnv.Parse(OrdinaryFile.ReadText(state.CredentialsFile), state.CredentialsFile);
        return values.TryGetValue(SettingNames.AccessKeyId, out var id) && values.TryGetValue(SettingNames.SecretAccessKey, out var secret)
            ? new Credentials(id, secret)
            : null;
    }

    /// <summary>For a start: what is set, else what is kept, else a new secret. Keeps the result.</summary>
    public static Credentials ForStart(PlatformSettings settings)
    {
        var kept = Kept(settings.State);
        var credentials = new Credentials(
            settings.AccessKeyId ?? kept?.AccessKeyId ?? UsualAccessKeyId,
            settings.SecretAccessKey ?? kept?.SecretAccessKey ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
        if (credentials != kept)
            Keep(credentials, settings.State);
        return credentials;
    }

    /// <summary>Never shows the secret.</summary>
    public override string ToString() => AccessKeyId;

    // Made with its mode, not given it afterwards: there is no moment at which others can read it.
    private static void Keep(Credentials credentials, StateFolder state)
    {
        File.Delete(state.CredentialsFile);
        using var file = new FileStream(state.CredentialsFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var text = DotEnv.Line(SettingNames.AccessKeyId, credentials.AccessKeyId) + DotEnv.Line(SettingNames.SecretAccessKey, credentials.SecretAccessKey);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
