using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Esb.Gateway.Configuration;
using Esb.Gateway.Settings;
using Esb.Host.Files;
using Esb.Host.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Listening;

/// <summary>
/// The certificate for new connections. Renewed files are loaded at the first handshake that is at least one
/// <see cref="Interval"/> after the last check. When the new files are invalid, the previous certificate stays in use,
/// and the error is logged once.
/// </summary>
internal sealed partial class TlsCertificate
{
    /// <summary>How often the files are checked while there are handshakes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MaxBytes = 1 << 20;

    private readonly TlsFiles _files;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Lock _looking = new(); // guards all fields below except the certificate itself
    private (FileStamp? Certificate, FileStamp? Key) _stamps;
    private long _checkedAt;
    private volatile SslStreamCertificateContext _current;

    /// <exception cref="SettingException">The files are invalid.</exception>
    public TlsCertificate(TlsFiles files, ILogger<TlsCertificate> logger, TimeProvider time)
    {
        (_files, _logger, _time) = (files, logger, time);
        _stamps = Stamps();
        _checkedAt = time.GetTimestamp();
        try
        {
            _current = Load(files);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            throw new SettingException(
                TlsFiles.CertificateVariable,
                files.Certificate,
                $"a PEM file with a certificate whose key is in {TlsFiles.KeyVariable} ({e.Message})");
        }
    }

    /// <summary>The newest valid certificate.</summary>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (_time.GetElapsedTime(Volatile.Read(ref _checkedAt)) >= Interval)
                Check();
            return _current;
        }
    }

    private void Check()
    {
        lock (_looking)
        {
            if (_time.GetElapsedTime(_checkedAt) < Interval)
                return;
            Volatile.Write(ref _checkedAt, _time.GetTimestamp());
            var stamps = Stamps();
            if (stamps == _stamps)
                return;
            _stamps = stamps;
            Renew();
        }
    }

    private void Renew()
    {
        try
        {
            _current = Load(_files);
            LogRenewed(_logger, _files.Certificate, _current.TargetCertificate.NotAfter);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            // Perhaps only one of the two files has been written so far; writing the other one changes the stamps
            // again.
            LogUnusable(_logger, _files.Certificate, e.Message);
        }
    }

    private (FileStamp?, FileStamp?) Stamps() => (FileStamp.Of(_files.Certificate), FileStamp.Of(_files.Key));

    private static SslStreamCertificateContext Load(TlsFiles files)
    {
        var (certificates, key) = (Read(files.Certificate), Read(files.Key));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);
        return SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(certificates, key), chain, offline: true);
    }

    // The files are read during a handshake, which waits for them.
    private static string Read(string path)
    {
        var bytes = OrdinaryFile.ReadAll(path, MaxBytes);
        return bytes.Length <= MaxBytes
            ? Encoding.UTF8.GetString(bytes)
            : throw new IOException($"{path} is larger than {MaxBytes} bytes");
    }

    private static bool IsUnusable(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving the certificate in {File}, valid until {NotAfter}")]
    private static partial void LogRenewed(ILogger logger, string file, DateTime notAfter);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The certificate in {File} cannot be used, the previous one stays in use: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string file, string reason);
}
