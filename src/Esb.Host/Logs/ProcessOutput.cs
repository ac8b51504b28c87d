using System.Runtime.InteropServices;
using System.Text;
using Esb.Host.Settings;
using Esb.Host.Streams;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Logs;

/// <summary>
/// Standard output and standard error of this process as a log of limited size. The process itself changes the file of
/// its descriptors, in one step with dup2(2). This needs no signal, copies nothing and loses no line: earlier output is
/// in the old file, later output in the new one, and output that the runtime writes directly is in one of them.
/// </summary>
public sealed partial class ProcessOutput : UnseekableStream
{
    /// <summary>The file for standard output and standard error; when it is not set, they stay unchanged.</summary>
    public const string FileVariable = "LOG_FILE";

    private const byte LineEnd = (byte)'\n';
    private const int Output = 1;
    private const int Error = 2;
    private const int WriteAppendCreate = 0x1 | 0x400 | 0x40 | 0x80000; // O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC
    private const int OwnerOnly = 0b110_000_000;
    private const int WriterChars = 16 * 1024;

    // Guards the descriptors, because both streams and any number of threads write here.
    private readonly Lock _write = new();
    private readonly SafeFileHandle _output = new(Output, ownsHandle: false);
    private readonly string _path;
    private readonly LogBounds _bounds;
    private bool _atLineStart = true;

    private ProcessOutput(string path, LogBounds bounds) => (_path, _bounds) = (path, bounds);

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Must be called before anything else uses the console, which takes its streams on first use.</summary>
    /// <param name="setting">The environment.</param>
    /// <exception cref="SettingException">A value is not allowed.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static void Bind(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var bounds = LogBounds.Read(setting);
        if (setting(FileVariable) is not { Length: > 0 } path)
        {
            // The output of a collector or a pipe will be read in a terminal. For a terminal itself, the console
            // handles colours.
            if (Console.IsOutputRedirected)
                Console.SetOut(VisibleWriter.Around(Console.Out));
            if (Console.IsErrorRedirected)
                Console.SetError(VisibleWriter.Around(Console.Error));
            return;
        }

        var output = new ProcessOutput(Path.GetFullPath(path), bounds);
        if (!output.Open())
            throw new IOException($"{FileVariable} is '{path}', which cannot be opened: "
                + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        // One writer for both, so that lines of one are never inside lines of the other.
        var lines = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), WriterChars)
        {
            AutoFlush = true,
        };
        var writer = VisibleWriter.Around(lines);
        Console.SetOut(writer);
        Console.SetError(writer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_write)
        {
            while (!buffer.IsEmpty)
            {
                var next = buffer[..Fitting(buffer)];
                // pwrite(2) ignores the offset on a descriptor with O_APPEND.
                RandomAccess.Write(_output, next, 0);
                _atLineStart = next[^1] == LineEnd;
                buffer = buffer[next.Length..];
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is buffered.
    }

    // The number of bytes for the current file: as many whole lines as fit, and in a new file at least one line.
    private int Fitting(ReadOnlySpan<byte> buffer)
    {
        var room = _bounds.MaxBytes - RandomAccess.GetLength(_output);
        if (room < _bounds.MaxBytes && _atLineStart && WholeLines.Within(buffer, room) == 0)
        {
            Renew();
            room = _bounds.MaxBytes;
        }

        return WholeLines.WithinOrFirst(buffer, room);
    }

    // A log that cannot be rotated is better than no log.
    private void Renew()
    {
        try
        {
            LogRotation.Rotate(_path, _bounds);
            _ = Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _ = Open();
        }
    }

    private bool Open()
    {
        var descriptor = OpenFile(_path, WriteAppendCreate, OwnerOnly);
        if (descriptor < 0)
            return false;
        var done = Duplicate(descriptor, Output) >= 0 && Duplicate(descriptor, Error) >= 0;
        _ = Close(descriptor);
        return done;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
