namespace Esb.Host.Files;

/// <summary>The type of a file: the upper four bits of its mode. Source: inode(7), S_IFMT.</summary>
public enum FileType
{
    /// <summary>A type that is not in this list.</summary>
    None = 0,

    /// <summary>A named pipe; opening it waits for a writer.</summary>
    Pipe = 0x1,

    /// <summary>A character device.</summary>
    CharacterDevice = 0x2,

    /// <summary>A folder.</summary>
    Folder = 0x4,

    /// <summary>A block device.</summary>
    BlockDevice = 0x6,

    /// <summary>A regular file.</summary>
    File = 0x8,

    /// <summary>A symbolic link that was not followed.</summary>
    Link = 0xA,

    /// <summary>A socket.</summary>
    Socket = 0xC,
}
