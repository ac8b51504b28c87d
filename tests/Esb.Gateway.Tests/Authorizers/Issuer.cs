using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Tests.Authorizers;

/// <summary>
/// An identity provider with real keys: signs tokens, and publishes its keys in a file or on its own port.
/// </summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Name = "https://id.example.com/";

    private readonly List<SecurityKey> _keys = [];
    private Listener? _listener;

    public Issuer()
    {
        Rsa = AddRsa("rsa-1");
        Elliptic = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "ec-1" };
        _keys.Add(Elliptic);
    }

    public RsaSecurityKey Rsa { get; }

    public ECDsaSecurityKey Elliptic { get; }

    /// <summary>How often its keys were fetched over HTTP.</summary>
    public int Fetches { get; private set; }

    public RsaSecurityKey AddRsa(string id)
    {
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = id };
        _keys.Add(key);
        return key;
    }

    /// <summary>A token with the claims, as JSON.</summary>
    public string Sign(
        string claims,
        SecurityKey? key = null,
        string? algorithm = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        claims, new SigningCredentials(key ?? Rsa, algorithm ?? SecurityAlgorithms.RsaSha256));

    /// <summary>The key set as a document.</summary>
    public string KeySet()
    {
        var keys = _keys.Select(k =>
        {
            var jwk = k is RsaSecurityKey rsa
                ? JsonWebKeyConverter.ConvertFromRSASecurityKey(
                    new RsaSecurityKey(rsa.Rsa.ExportParameters(false)) { KeyId = rsa.KeyId })
                : JsonWebKeyConverter.ConvertFromECDsaSecurityKey((ECDsaSecurityKey)k);
            return new Dictionary<string, string?>
            {
                ["kid"] = jwk.Kid,
                ["kty"] = jwk.Kty,
                ["use"] = "sig",
                ["n"] = jwk.N,
                ["e"] = jwk.E,
                ["crv"] = jwk.Crv,
                ["x"] = jwk.X,
                ["y"] = jwk.Y,
            }.Where(p => p.Value is not null).ToDictionary();
        });
        return JsonSerializer.Serialize(new { keys });
    }

    /// <summary>Publishes the keys by OpenID Connect Discovery; returns the issuer's name.</summary>
    public async Task<string> PublishAsync()
    {
        _listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)), AnswerAsync, NullLoggerFactory.Instance);
        await _listener.StartAsync(CancellationToken.None);
        return _listener.Address.ToString().TrimEnd('/');
    }

    public async Task UnpublishAsync() => await _listener!.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_listener is null)
            return;
        await UnpublishAsync();
        await _listener.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var discovery = context.Request.Path == "/.well-known/openid-configuration";
        Fetches += discovery ? 0 : 1;
        var document = discovery ? $$"""{"jwks_uri":"{{_listener!.Address}}keys"}""" : KeySet();
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document)).AsTask();
    }
}
