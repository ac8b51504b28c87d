using System.ComponentModel;
using System.Diagnostics;
using Esb.Host.Streams;

namespace Esb.Cli.Compose;

/// <summary>
/// Connects to the ports of a gateway in a container from inside the container, since the admin port is not published.
/// A second process of the gateway's binary copies the bytes (<c>docker compose exec gateway /esb-gateway
/// dial-admin</c>).
/// </summary>
internal sealed class GatewayTunnel(ComposeProject project)
{
    private const string Program = "docker";

    /// <exception cref="CommandFailure">There is no docker command.</exception>
    public Task<Stream> ToAdminAsync(CancellationToken cancellationToken) => OpenAsync("dial-admin", cancellationToken);

    /// <exception cref="CommandFailure">There is no docker command.</exception>
    public Task<Stream> ToPublicAsync(CancellationToken cancellationToken) =>
        OpenAsync("dial-public", cancellationToken);

    private Task<Stream> OpenAsync(string what, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(Program, project.Command("exec", "--no-TTY", "gateway", "/esb-gateway", what))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in project.Environment)
            start.Environment[name] = value;
        try
        {
            return Task.FromResult<Stream>(new ProcessStream(Process.Start(start)!));
        }
        catch (Win32Exception)
        {
            throw CommandFailure.Environment(
                "docker is not on the PATH, and the gateway is in a container", "install Docker Engine's command line");
        }
    }

    /// <summary>Standard input and output of a process as one stream. Disposing it kills the process.</summary>
    private sealed class ProcessStream(Process process) : UnseekableStream
    {
        private readonly Stream _input = process.StandardOutput.BaseStream;
        private readonly Stream _output = process.StandardInput.BaseStream;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _input.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer, offset, count);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _output.WriteAsync(buffer, cancellationToken);

        public override void Flush() => _output.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                if (!process.HasExited)
                    process.Kill();
                process.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
